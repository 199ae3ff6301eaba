/** Capacity units of managed rule groups, fixed by AWS at their creation (WAF developer guide, aws-managed-rule-groups-list). */
export const MANAGED_CAPACITY: { readonly [group: string]: number } = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesAntiDDoSRuleSet: 50,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesSQLiRuleSet: 200,
};
