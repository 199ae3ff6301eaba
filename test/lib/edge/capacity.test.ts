import { Size } from 'aws-cdk-lib';
import { AddressRanges, Countries, RequestComponent, WebAclStatement } from '../../../lib';
import { capacityOf } from '../../../lib/edge/capacity';

const sets = { arnOf: () => 'arn' };
const units = (statement: WebAclStatement): number => capacityOf(statement._compile(sets));
const header = RequestComponent.header('x');

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html and the page of each statement it lists.
test.each<[number, string, WebAclStatement]>([
  [2, 'an exact text', header.exactly('a')],
  [2, 'the start of a text', header.startsWith('a')],
  [2, 'the end of a text', header.endsWith('a')],
  [10, 'a text somewhere', header.contains('a')],
  [1, 'a size', header.isLongerThan(Size.bytes(8))],
  [3, 'a regular expression', header.matches('^a')],
  [30, 'an injection of SQL, with high sensitivity', header.hasSqlInjection()],
  [40, 'a script', header.hasCrossSiteScripting()],
  [1, 'a country', WebAclStatement.countryRefused(Countries.only('AU'))],
  [1, 'a label', WebAclStatement.labelled('a:b')],
  [1, 'a set of addresses', WebAclStatement.sourceIn(AddressRanges.of('203.0.113.0/24'))],
  [2, 'a set of each IP version', WebAclStatement.sourceIn(AddressRanges.of('203.0.113.0/24', '2001:db8::/32'))],
  [12, 'a text transformation more', header.lowerCased().exactly('a')],
  [22, 'two text transformations more', header.urlDecoded().lowerCased().exactly('a')],
  [20, 'all query arguments, 10 more', RequestComponent.allQueryArguments().contains('a')],
  [20, 'a JSON body, twice the base', RequestComponent.jsonBody().contains('a')],
  [90, 'a JSON body after a transformation, twice the base and 10', RequestComponent.jsonBody().htmlEntityDecoded().hasCrossSiteScripting()],
  [5, 'what is combined, and nothing for combining', WebAclStatement.allOf(header.exactly('a'), WebAclStatement.noneOf(header.matches('b')))],
])('counts %i units for %s', (expected, _, statement) => {
  expect(units(statement)).toBe(expected);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
test('counts a rate rule, its custom keys and what narrows it', () => {
  const rate = { aggregateKeyType: 'IP', limit: 100 };
  const key = { header: { name: 'authorization', textTransformations: [{ priority: 0, type: 'NONE' }] } };
  expect(capacityOf({ rateBasedStatement: rate })).toBe(2);
  expect(capacityOf({ rateBasedStatement: { ...rate, aggregateKeyType: 'CUSTOM_KEYS', customKeys: [key] } })).toBe(32);
  expect(capacityOf({ rateBasedStatement: { ...rate, scopeDownStatement: header.matches('^a')._compile(sets) } })).toBe(5);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
test('knows the fixed capacity of managed groups, and guesses none', () => {
  const group = (name: string): number => capacityOf({ managedRuleGroupStatement: { vendorName: 'AWS', name } });
  expect(group('AWSManagedRulesCommonRuleSet')).toBe(700);
  expect(group('AWSManagedRulesAntiDDoSRuleSet')).toBe(50);
  expect(() => group('AWSManagedRulesBotControlRuleSet')).toThrow('no capacity is known');
  expect(() => capacityOf({ ruleGroupReferenceStatement: { arn: 'arn' } })).toThrow('no capacity is known');
});
