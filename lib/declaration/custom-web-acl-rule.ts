import { demand } from '../private/refusal';
import { WebAclStatement } from './web-acl-statement';

/** A rule of one's own in the web ACL of a security domain. None can let a request past the rules that follow. */
export class CustomWebAclRule {
  /** Refuses what the statement matches with 403. */
  public static block(name: string, statement: WebAclStatement): CustomWebAclRule {
    return new CustomWebAclRule(name, statement, true);
  }

  /** Counts what the statement matches, in metrics and logs, and lets it through: to try a rule before it blocks. */
  public static count(name: string, statement: WebAclStatement): CustomWebAclRule {
    return new CustomWebAclRule(name, statement, false);
  }

  private constructor(
    /** Name of the rule, in logs and metrics after `Custom-`. */
    public readonly name: string,
    /** What it looks for. */
    public readonly statement: WebAclStatement,
    /** True where a match is refused; false where it is counted only. */
    public readonly blocks: boolean,
  ) {
    demand('WEB_ACL_RULE', /^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(name), () => `'${name}'`);
  }
}
