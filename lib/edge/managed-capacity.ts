import { MANAGED_RULE_GROUPS } from '../contract/managed-rule-group';

/** Capacity units of managed rule groups, fixed by AWS at their creation (WAF developer guide, aws-managed-rule-groups-list). */
export const MANAGED_CAPACITY: { readonly [group: string]: number } = {
  [MANAGED_RULE_GROUPS.reputation]: 25,
  [MANAGED_RULE_GROUPS.anonymousAddresses]: 50,
  [MANAGED_RULE_GROUPS.antiDdos]: 50,
  [MANAGED_RULE_GROUPS.common]: 700,
  [MANAGED_RULE_GROUPS.badInputs]: 200,
  [MANAGED_RULE_GROUPS.sqlInjection]: 200,
};
