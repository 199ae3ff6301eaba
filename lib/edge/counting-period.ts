import { Construct } from 'constructs';
import { LONGEST_COUNTING_DAYS, ManagedRules } from '../declaration/managed-rules';
import { demand } from '../private/refusal';

/** Context that stands in for the clock, so that a synthesis can be repeated on a later day. */
const TODAY = 'cdk-api-security:today';

const DAY = 24 * 60 * 60 * 1000;

/** Refuses managed rules that count past their date, or for longer than allowed. The day decides over refusal only, never over the template. */
export function checkCountingPeriod(scope: Construct, { countedUntil }: ManagedRules): void {
  if (countedUntil === undefined) return;
  const today = String(scope.node.tryGetContext(TODAY) ?? new Date().toISOString().slice(0, 10));
  const days = (Date.parse(countedUntil) - Date.parse(today)) / DAY;
  demand('MANAGED_RULES_COUNT', days >= 0 && days <= LONGEST_COUNTING_DAYS, () => `'${countedUntil}' on ${today}`);
}
