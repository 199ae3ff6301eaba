import { demand } from '../private/refusal';
import { AddressRanges } from './address-ranges';
import { AntiDdos } from './anti-ddos';
import { CapacityBudget } from './capacity-budget';
import { Countries } from './countries';
import { CustomWebAclRule } from './custom-web-acl-rule';
import { ManagedRules } from './managed-rules';
import { checkUnique } from './name';

/** Properties of `WebAclPolicy`. */
export interface WebAclPolicyProps {
  /**
   * Addresses of the domain's consumers: requests from elsewhere are refused with 403.
   *
   * The web ACL cannot know which consumer calls, so any of them may call from any of these.
   *
   * @default - from everywhere
   */
  readonly sourceAddresses?: AddressRanges;
  /**
   * Countries that requests may come from; not for an internal domain, whose addresses have none.
   *
   * @default - every country
   */
  readonly countries?: Countries;
  /**
   * Whether the managed rule groups block.
   *
   * @default ManagedRules.BLOCK
   */
  readonly managedRules?: ManagedRules;
  /**
   * Use of the anti-DDoS rule group, for an additional fee; not for an internal domain, which the internet cannot reach.
   *
   * @default - rate rules and reputation lists alone
   */
  readonly antiDdos?: AntiDdos;
  /**
   * Rules of one's own, asked after all others in this order.
   *
   * @default - none
   */
  readonly customRules?: CustomWebAclRule[];
  /**
   * How many capacity units the web ACL may use.
   *
   * @default CapacityBudget.INCLUDED
   */
  readonly capacityBudget?: CapacityBudget;
  /**
   * Headers whose values stay out of the log, beside credentials, cookies and trust tokens, which always do.
   *
   * @default - no other
   */
  readonly redactedHeaders?: string[];
}

/** What the web ACL of a security domain does beyond what follows from the declared APIs. */
export class WebAclPolicy {
  /** A policy with these properties. */
  public static of(props: WebAclPolicyProps = {}): WebAclPolicy {
    return new WebAclPolicy(props);
  }

  /** Addresses that requests may come from; undefined where from everywhere. */
  public readonly sourceAddresses?: AddressRanges;
  /** Countries that requests may come from; undefined where from every one. */
  public readonly countries?: Countries;
  /** Whether the managed rule groups block. */
  public readonly managedRules: ManagedRules;
  /** Use of the anti-DDoS rule group; undefined where it is not used. */
  public readonly antiDdos?: AntiDdos;
  /** Rules of one's own. */
  public readonly customRules: CustomWebAclRule[];
  /** How many capacity units the web ACL may use. */
  public readonly capacityBudget: CapacityBudget;
  /** Further headers whose values stay out of the log, in lower case. */
  public readonly redactedHeaders: string[];

  private constructor(props: WebAclPolicyProps) {
    this.sourceAddresses = props.sourceAddresses;
    this.countries = props.countries;
    this.managedRules = props.managedRules ?? ManagedRules.BLOCK;
    this.antiDdos = props.antiDdos;
    this.customRules = props.customRules ?? [];
    this.capacityBudget = props.capacityBudget ?? CapacityBudget.INCLUDED;
    this.redactedHeaders = (props.redactedHeaders ?? []).map((name) => name.toLowerCase());
    checkUnique('web ACL rules', this.customRules.map(({ name }) => name));
    for (const name of this.redactedHeaders) demand('WEB_ACL_STATEMENT', /^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/.test(name), () => `the header '${name}'`, "the name of a header, such as 'x-account'");
  }
}
