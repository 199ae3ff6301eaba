import { Exposure } from '../declaration/exposure';
import { WebAclRule } from './web-acl-rule';

interface ManagedGroup {
  readonly group: string;
  /** Capacity units as the vendor states them. */
  readonly capacity: number;
  /** Rules of the group that only count. */
  readonly counted?: readonly string[];
}

/** The vendor's groups against the OWASP Top 10, known bad inputs, SQL injection and addresses of ill repute. */
const GROUPS: readonly ManagedGroup[] = [
  { group: 'AWSManagedRulesAmazonIpReputationList', capacity: 25 },
  { group: 'AWSManagedRulesAnonymousIpList', capacity: 50 },
  // Its 8 KB body limit would answer a bare 403; the declared body limit answers 413 instead.
  { group: 'AWSManagedRulesCommonRuleSet', capacity: 700, counted: ['SizeRestrictions_BODY'] },
  { group: 'AWSManagedRulesKnownBadInputsRuleSet', capacity: 200 },
  { group: 'AWSManagedRulesSQLiRuleSet', capacity: 200 },
];

/** Partners and services call from data centres, which the anonymous list holds as hosting providers. */
const COUNTED_FOR_SERVERS: { readonly [group: string]: readonly string[] } = {
  AWSManagedRulesAnonymousIpList: ['HostingProviderIPList'],
  AWSManagedRulesCommonRuleSet: ['NoUserAgent_HEADER'],
};

/** The managed rule groups of a security domain. */
export function managedRuleGroups(exposure: Exposure): WebAclRule[] {
  return GROUPS.map(({ group, capacity, counted = [] }) => {
    const all = [...counted, ...(exposure === Exposure.PUBLIC ? [] : COUNTED_FOR_SERVERS[group] ?? [])];
    return {
      name: group,
      capacity,
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name: group,
          ruleActionOverrides: all.length > 0 ? all.map((name) => ({ name, actionToUse: { count: {} } })) : undefined,
        },
      },
    };
  });
}
