import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { MANAGED_RULE_GROUPS } from '../contract/managed-rule-group';
import { AntiDdos } from '../declaration/anti-ddos';
import { Exposure } from '../declaration/exposure';
import { ManagedRule } from '../declaration/managed-rule';
import { WebAclRule } from './web-acl-rule';

interface ManagedGroup {
  readonly group: string;
  /** Rules of the group that only count. */
  readonly counted?: readonly string[];
}

/** How a domain uses the managed groups. */
export interface ManagedUse {
  /** Whole groups count and do not block. */
  readonly counted?: boolean;
  /** Rules from which operations are excepted: they count here, and a rule that follows blocks everything else. */
  readonly excepted?: readonly ManagedRule[];
}

/** The vendor's groups against the OWASP Top 10, known bad inputs, SQL injection and addresses of ill repute. */
const GROUPS: readonly ManagedGroup[] = [
  { group: MANAGED_RULE_GROUPS.reputation },
  { group: MANAGED_RULE_GROUPS.anonymousAddresses },
  // Its 8 KB body limit would answer a bare 403; the declared body limit answers 413 instead.
  { group: MANAGED_RULE_GROUPS.common, counted: ['SizeRestrictions_BODY'] },
  { group: MANAGED_RULE_GROUPS.badInputs },
  { group: MANAGED_RULE_GROUPS.sqlInjection },
];

/** Partners and services call from data centres, which the anonymous list holds as hosting providers. */
const COUNTED_FOR_SERVERS: { readonly [group: string]: readonly string[] } = {
  [MANAGED_RULE_GROUPS.anonymousAddresses]: ['HostingProviderIPList'],
  [MANAGED_RULE_GROUPS.common]: ['NoUserAgent_HEADER'],
};

/** The managed rule groups of a security domain. */
export function managedRuleGroups(exposure: Exposure, { counted: groupsCount = false, excepted = [] }: ManagedUse = {}): WebAclRule[] {
  return GROUPS.map(({ group, counted = [] }) => {
    const all = [
      ...counted,
      ...(exposure === Exposure.PUBLIC ? [] : COUNTED_FOR_SERVERS[group] ?? []),
      ...excepted.filter((rule) => rule.group === group).map(({ name }) => name),
    ];
    return {
      name: group,
      counted: groupsCount,
      statement: managed(group, { ruleActionOverrides: all.length > 0 ? all.map((name) => ({ name, actionToUse: { count: {} } })) : undefined }),
    };
  });
}

/** The anti-DDoS group; its challenges are for browsers that load pages, which a caller of an API is not. */
export function antiDdosGroup(antiDdos: AntiDdos | undefined, counted: boolean): WebAclRule[] {
  if (antiDdos === undefined) return [];
  const awsManagedRulesAntiDDoSRuleSet = { clientSideActionConfig: { challenge: { usageOfAction: 'DISABLED' } }, sensitivityToBlock: antiDdos.sensitivity };
  return [{ name: MANAGED_RULE_GROUPS.antiDdos, counted, statement: managed(MANAGED_RULE_GROUPS.antiDdos, { managedRuleGroupConfigs: [{ awsManagedRulesAntiDDoSRuleSet }] }) }];
}

function managed(name: string, props: Partial<CfnWebACL.ManagedRuleGroupStatementProperty>): CfnWebACL.StatementProperty {
  return { managedRuleGroupStatement: { vendorName: 'AWS', name, ...props } };
}
