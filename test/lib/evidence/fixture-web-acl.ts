type Json = Record<string, unknown>;

/** The rules of a web ACL that has what the evidence asks for. */
export function fixtureWebAclRules(): Json[] {
  return [
    { Name: 'Honeypot', Priority: 0, Statement: matching({ UriPath: {} }, '^/admin$'), Action: { Count: {} }, RuleLabels: [{ Name: 'decoy:honeypot' }] },
    { Name: 'CanaryApiKey', Statement: { ByteMatchStatement: { SearchString: 'ak_x' } }, Action: { Count: {} } },
    { Name: 'DecoyBlock', Statement: { IPSetReferenceStatement: { Arn: 'set' } }, Action: { Block: {} } },
    ...OWN.map((Statement) => ({ Statement, Action: { Block: {} } })),
    ...[['CommonRuleSet', 'SizeRestrictions_BODY'], ['KnownBadInputsRuleSet'], ['SQLiRuleSet'], ['AmazonIpReputationList'], ['AnonymousIpList']].map(([group, counted]) => ({
      Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: `AWSManagedRules${group}`, ...(counted !== undefined && { RuleActionOverrides: [{ Name: counted, ActionToUse: { Count: {} } }] }) } },
      OverrideAction: { None: {} },
    })),
  ];
}

const sized = (FieldToMatch: Json, ComparisonOperator: string, Size: number): Json => ({ SizeConstraintStatement: { FieldToMatch, ComparisonOperator, Size } });
const header = (Name: string): Json => sized({ SingleHeader: { Name } }, 'GE', 0);
const matching = (FieldToMatch: Json, RegexString: string): Json => ({ RegexMatchStatement: { FieldToMatch, RegexString } });
const not = (Statement: Json): Json => ({ NotStatement: { Statement } });

const BODY = { Body: { OversizeHandling: 'MATCH' } };
const ANY_BODY = sized(BODY, 'GT', 0);

const AMBIGUOUS = `(${[
  '%2f', '%2[35e]', '%5c', '%3[bf]', '%[01]', '%7f', '%[^0-9a-f]', '%.[^0-9a-f]', '%.?$', '%3[0-9]', '%[46][1-9a-f]', '%[57][0-9a]', '%2d', '%5f', '[;#]', '//', '\\\\', '/\\.\\.?(/|$)', '[^!-~]', '%c[01]', '%e0%[89]', '%f0%8', '%ed%[ab]', '%f4%[9ab]', '%f[5-9a-f]',
  '%[c-f].([^%]|%[^89ab]|$)', '%[ef].%[89ab].([^%]|%[^89ab]|$)', '%f.%[89ab].%[89ab].([^%]|%[^89ab]|$)', '(^..?|[^%]..|%[0-7].)%[89ab]', '%[cd].%[89ab].%[89ab]', '%e.%[89ab].%[89ab].%[89ab]', '%f.%[89ab].%[89ab].%[89ab].%[89ab]',
].join('|')})`;

const OWN: readonly Json[] = [
  header('txn-token'),
  { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 600, EvaluationWindowSec: 300 } },
  not(matching({ Method: {} }, '^(GET|POST)$')),
  { RegexMatchStatement: { FieldToMatch: { UriPath: {} }, RegexString: AMBIGUOUS, TextTransformations: [{ Priority: 0, Type: 'LOWERCASE' }] } },
  { OrStatement: { Statements: ['x-http-method', 'x-http-method-override', 'x-method-override', 'x-original-url', 'x-rewrite-url'].map(header) } },
  { AndStatement: { Statements: [matching({ Method: {} }, '^(GET)$'), ANY_BODY] } },
  sized(BODY, 'GT', 10240),
  { AndStatement: { Statements: [ANY_BODY, not(matching({ SingleHeader: { Name: 'content-type' } }, '^(application/json)$'))] } },
];
