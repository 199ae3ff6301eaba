import { MANAGED_RULE_GROUPS } from './managed-rule-group';

/** A rule of a managed rule group of AWS: its group, and what it labels a request with that it matches. */
interface ManagedRuleNames {
  readonly group: string;
  readonly label: string;
}

const common = (label: string): ManagedRuleNames => ({ group: MANAGED_RULE_GROUPS.common, label: `awswaf:managed:aws:core-rule-set:${label}` });
const sql = (label: string): ManagedRuleNames => ({ group: MANAGED_RULE_GROUPS.sqlInjection, label: `awswaf:managed:aws:sql-database:${label}` });

/** Managed rules from which single operations can be excepted, by name (WAF developer guide, aws-managed-rule-groups-baseline and aws-managed-rule-groups-use-case). */
export const EXCEPTABLE_RULES = {
  CrossSiteScripting_BODY: common('CrossSiteScripting_Body'),
  CrossSiteScripting_QUERYARGUMENTS: common('CrossSiteScripting_QueryArguments'),
  EC2MetaDataSSRF_BODY: common('EC2MetaDataSSRF_Body'),
  EC2MetaDataSSRF_QUERYARGUMENTS: common('EC2MetaDataSSRF_QueryArguments'),
  GenericLFI_BODY: common('GenericLFI_Body'),
  GenericLFI_QUERYARGUMENTS: common('GenericLFI_QueryArguments'),
  GenericRFI_BODY: common('GenericRFI_Body'),
  GenericRFI_QUERYARGUMENTS: common('GenericRFI_QueryArguments'),
  SQLiExtendedPatterns_BODY: sql('SQLiExtendedPatterns_Body'),
  SQLiExtendedPatterns_QUERYARGUMENTS: sql('SQLiExtendedPatterns_QueryArguments'),
  SQLi_BODY: sql('SQLi_Body'),
  SQLi_QUERYARGUMENTS: sql('SQLi_QueryArguments'),
  SizeRestrictions_QUERYSTRING: common('SizeRestrictions_QueryString'),
  SizeRestrictions_URIPATH: common('SizeRestrictions_URIPath'),
} as const satisfies { readonly [rule: string]: ManagedRuleNames };
