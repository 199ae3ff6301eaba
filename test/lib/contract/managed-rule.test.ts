import { EXCEPTABLE_RULES } from '../../../lib/contract/managed-rule';

const COMPONENTS: { readonly [ending: string]: string } = { BODY: 'Body', QUERYARGUMENTS: 'QueryArguments', QUERYSTRING: 'QueryString', URIPATH: 'URIPath' };
const NAMESPACES: { readonly [group: string]: string } = { AWSManagedRulesCommonRuleSet: 'core-rule-set', AWSManagedRulesSQLiRuleSet: 'sql-database' };

// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html and aws-managed-rule-groups-use-case.html: a label that is spelled otherwise is never given
test.each(Object.entries(EXCEPTABLE_RULES))('%s labels what it matches as the list of managed rule groups says', (rule, { group, label }) => {
  const [name = '', ending = ''] = rule.split('_');
  expect(label).toBe(`awswaf:managed:aws:${NAMESPACES[group]}:${name}_${COMPONENTS[ending]}`);
});
