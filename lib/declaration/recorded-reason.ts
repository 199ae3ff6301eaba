import { demand } from '../private/refusal';

/** Checks the reason of an exception: evidence shows it to whoever reviews the deployment. */
export function recordedReason(reason: string): string {
  demand('REASON', reason.trim().length >= 10, () => `'${reason}'`);
  return reason.trim();
}
