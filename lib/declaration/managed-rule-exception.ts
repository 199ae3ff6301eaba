import { ManagedRule } from './managed-rule';
import { recordedReason } from './recorded-reason';

/** One operation that a managed rule does not block; the rule holds everywhere else, and the reason shows in the evidence. */
export class ManagedRuleException {
  /**
   * Excepts an operation from a managed rule.
   *
   * @param operation id of the operation
   * @param rule what its honest requests would trip over
   * @param reason who accepted the risk, and what protects the operation instead
   */
  public static of(operation: string, rule: ManagedRule, reason: string): ManagedRuleException {
    return new ManagedRuleException(operation, rule, recordedReason(reason));
  }

  private constructor(
    /** Id of the operation. */
    public readonly operation: string,
    /** The rule that does not block it. */
    public readonly rule: ManagedRule,
    /** Why it was granted. */
    public readonly reason: string,
  ) {}
}
