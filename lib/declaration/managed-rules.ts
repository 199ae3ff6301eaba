import { demand } from '../private/refusal';
import { recordedReason } from './recorded-reason';

/** Longest time that managed rules may count instead of block. */
export const LONGEST_COUNTING_DAYS = 90;

/** Whether the managed rule groups of a web ACL block. */
export class ManagedRules {
  /** What they match is refused. */
  public static readonly BLOCK = new ManagedRules();

  /**
   * What they match is counted and let through, to learn what honest requests trip over before the groups block.
   *
   * From the day after the date synthesis refuses the declaration, and it refuses a date that is more than 90 days ahead; the
   * templates themselves do not depend on the day. Context `cdk-api-security:today` stands in for the clock.
   *
   * @param date last day of counting, `2027-03-31`
   * @param reason who accepted the risk, and why; it shows in the evidence
   */
  public static countUntil(date: string, reason: string): ManagedRules {
    demand('MANAGED_RULES_COUNT', isDay(date), () => `'${date}'`);
    return new ManagedRules(date, recordedReason(reason));
  }

  private constructor(
    /** Last day on which they only count; undefined where they block. */
    public readonly countedUntil?: string,
    /** Why they only count. */
    public readonly reason?: string,
  ) {}
}

function isDay(date: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
