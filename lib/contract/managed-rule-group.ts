/** Names of the managed rule groups of AWS that a web ACL may hold (WAF developer guide, "AWS Managed Rules rule groups list"). */
export const MANAGED_RULE_GROUPS = {
  anonymousAddresses: 'AWSManagedRulesAnonymousIpList',
  antiDdos: 'AWSManagedRulesAntiDDoSRuleSet',
  badInputs: 'AWSManagedRulesKnownBadInputsRuleSet',
  common: 'AWSManagedRulesCommonRuleSet',
  reputation: 'AWSManagedRulesAmazonIpReputationList',
  sqlInjection: 'AWSManagedRulesSQLiRuleSet',
} as const;
