import { AddressSet } from '../../../local/web-acl/address-set';
import type { InspectedRequest } from '../../../local/web-acl/inspected-request';
import { WebAcl, type WebAclProperties } from '../../../local/web-acl/web-acl';

type Json = { readonly [key: string]: unknown };
let time = 0;
const context = {
  now: () => time,
  addressSet: () => new AddressSet(['127.0.0.2/32', '2001:db8::/32']),
  patternSet: () => ['^/admin', '(?i)\\.PHP$'],
};
const none = [{ Priority: 0, Type: 'NONE' }];

function acl(Statement: Json, more: Partial<WebAclProperties> = {}): WebAcl {
  return new WebAcl({ DefaultAction: { Allow: {} }, Rules: [{ Name: 'rule', Priority: 0, Action: { Block: {} }, Statement }], ...more }, context);
}

function request(over: Partial<InspectedRequest> = {}): InspectedRequest {
  return { method: 'GET', path: '/', query: '', headers: [], body: Buffer.alloc(0), sourceIp: '127.0.0.1', ...over };
}

function blocks(Statement: Json, over: Partial<InspectedRequest>): boolean {
  return acl(Statement).evaluate(request(over)).blocked;
}

const bytes = (FieldToMatch: Json, SearchString: string, PositionalConstraint = 'CONTAINS', types: readonly string[] = ['NONE']): Json =>
  ({ ByteMatchStatement: { FieldToMatch, SearchString, PositionalConstraint, TextTransformations: types.map((Type, Priority) => ({ Priority, Type })) } });
const size = (FieldToMatch: Json, ComparisonOperator: string, Size: number): Json => ({ SizeConstraintStatement: { FieldToMatch, ComparisonOperator, Size, TextTransformations: none } });

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-string-match.html
test.each<[string, Json, Partial<InspectedRequest>, boolean]>([
  ['an exact method', bytes({ Method: {} }, 'TRACE', 'EXACTLY'), { method: 'TRACE' }, true],
  ['another method', bytes({ Method: {} }, 'TRACE', 'EXACTLY'), { method: 'GET' }, false],
  ['a start of the path', bytes({ UriPath: {} }, '/admin', 'STARTS_WITH'), { path: '/admin/x' }, true],
  ['an end of a header after lower case', bytes({ SingleHeader: { Name: 'Content-Type' } }, '+xml', 'ENDS_WITH', ['LOWERCASE']), { headers: [['content-type', 'a/b+XML']] }, true],
  ['a whole word', bytes({ QueryString: {} }, 'select', 'CONTAINS_WORD'), { query: 'q=selected' }, false],
  ['a doubly encoded text after two decodings', bytes({ UriPath: {} }, '../', 'CONTAINS', ['URL_DECODE', 'URL_DECODE']), { path: '/%252e%252e%252f' }, true],
  ['one query argument', bytes({ SingleQueryArgument: { Name: 'api_key' } }, 'x'), { query: 'API_KEY=xyz' }, true],
  ['a name among all query arguments', bytes({ AllQueryArguments: {} }, 'token'), { query: 'access_token=1' }, true],
  ['a cookie', bytes({ Cookies: { MatchPattern: { All: {} }, MatchScope: 'KEY', OversizeHandling: 'CONTINUE' } }, 'sid'), { headers: [['Cookie', 'a=1; sid=2']] }, true],
  ['a value inside a JSON body', bytes({ JsonBody: { MatchPattern: { All: {} }, MatchScope: 'VALUE' } }, 'evil'), { body: Buffer.from('{"a":[{"b":"evil"}]}') }, true],
  ['a key of a JSON body where only values count', bytes({ JsonBody: { MatchPattern: { All: {} }, MatchScope: 'VALUE' } }, 'evil'), { body: Buffer.from('{"evil":1}') }, false],
  ['a body that is not JSON, by its fallback', bytes({ JsonBody: { MatchPattern: { All: {} }, MatchScope: 'ALL', InvalidFallbackBehavior: 'MATCH' } }, 'x'), { body: Buffer.from('{') }, true],
])('matches bytes in %s', (_, statement, over, expected) => {
  expect(blocks(statement, over)).toBe(expected);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-fields-list.html
test('does not match a component that the request lacks', () => {
  const present = size({ SingleHeader: { Name: 'txn-token' } }, 'GE', 0);
  expect(blocks(present, {})).toBe(false);
  expect(blocks(present, { headers: [['Txn-Token', '']] })).toBe(true);
  expect(blocks({ NotStatement: { Statement: present } }, {})).toBe(true);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html
test.each([['MATCH', true], ['NO_MATCH', false], ['CONTINUE', true]])('treats a body above the inspection limit by its oversize handling %s', (OversizeHandling, expected) => {
  const large = size({ Body: { OversizeHandling } }, 'GE', 16 * 1024);
  expect(blocks(large, { body: Buffer.alloc(16 * 1024 + 1) })).toBe(expected);
});

test('inspects as much of a body as the association says', () => {
  const needle = bytes({ Body: { OversizeHandling: 'CONTINUE' } }, 'needle');
  const body = Buffer.concat([Buffer.alloc(20 * 1024), Buffer.from('needle')]);
  const wide = { AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_32' } } } };
  expect(acl(needle).evaluate(request({ body })).blocked).toBe(false);
  expect(acl(needle, wide).evaluate(request({ body })).blocked).toBe(true);
});

test('combines statements, matches expressions and address sets', () => {
  expect(blocks({ AndStatement: { Statements: [bytes({ Method: {} }, 'GET', 'EXACTLY'), { IPSetReferenceStatement: { Arn: 'set' } }] } }, { sourceIp: '127.0.0.2' })).toBe(true);
  expect(blocks({ AndStatement: { Statements: [bytes({ Method: {} }, 'GET', 'EXACTLY'), { IPSetReferenceStatement: { Arn: 'set' } }] } }, { sourceIp: '127.0.0.3' })).toBe(false);
  expect(blocks({ OrStatement: { Statements: [{ IPSetReferenceStatement: { Arn: 'set' } }, { RegexPatternSetReferenceStatement: { Arn: 'set', FieldToMatch: { UriPath: {} }, TextTransformations: none } }] } }, { path: '/a.php' })).toBe(true);
  expect(blocks({ RegexMatchStatement: { RegexString: '^/v[0-9]+/', FieldToMatch: { UriPath: {} }, TextTransformations: none } }, { path: '/v2/x' })).toBe(true);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
test('matches requests above a rate until the window has passed', () => {
  time = 0;
  const limited = acl({ RateBasedStatement: { Limit: 2, AggregateKeyType: 'IP', EvaluationWindowSec: 60 } });
  const blocked = (sourceIp: string): boolean => limited.evaluate(request({ sourceIp })).blocked;
  expect([blocked('127.0.0.1'), blocked('127.0.0.1'), blocked('127.0.0.1'), blocked('127.0.0.9')]).toEqual([false, false, true, false]);
  time = 61_000;
  expect(blocked('127.0.0.1')).toBe(false);
});

test('counts requests in scope only, by custom keys', () => {
  const limited = acl({ RateBasedStatement: { Limit: 1, AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [{ Header: { Name: 'x-client', TextTransformations: none } }, { HTTPMethod: {} }], ScopeDownStatement: bytes({ Method: {} }, 'POST', 'EXACTLY') } });
  const blocked = (method: string, name: string): boolean => limited.evaluate(request({ method, headers: [['x-client', name]] })).blocked;
  expect([blocked('GET', 'a'), blocked('GET', 'a'), blocked('POST', 'a'), blocked('POST', 'b'), blocked('POST', 'a')]).toEqual([false, false, false, false, true]);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-response-for-blocked-requests.html
test('answers a block with its custom response', () => {
  const blocking = new WebAcl({
    DefaultAction: { Block: { CustomResponse: { ResponseCode: 415, CustomResponseBodyKey: 'type', ResponseHeaders: [{ Name: 'X-Frame-Options', Value: 'DENY' }] } } },
    CustomResponseBodies: { type: { ContentType: 'APPLICATION_JSON', Content: '{"status":415}' } },
  }, context);
  expect(blocking.evaluate(request())).toEqual({ blocked: true, insertHeaders: [], labels: [], response: { status: 415, body: '{"status":415}', headers: [['content-type', 'application/json'], ['X-Frame-Options', 'DENY']] } });
});

// https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing-order.html
test('evaluates by priority, lets labels reach later rules and stops at the first end', () => {
  const all = { SizeConstraintStatement: { FieldToMatch: { Method: {} }, ComparisonOperator: 'GT', Size: 0, TextTransformations: none } };
  const labelled = new WebAcl({
    DefaultAction: { Allow: {} },
    Rules: [
      { Name: 'second', Priority: 2, Action: { Block: {} }, Statement: { LabelMatchStatement: { Scope: 'LABEL', Key: 'partner:known' } } },
      { Name: 'first', Priority: 1, Action: { Count: { CustomRequestHandling: { InsertHeaders: [{ Name: 'seen', Value: 'yes' }] } } }, Statement: all, RuleLabels: [{ Name: 'partner:known' }] },
      { Name: 'never', Priority: 3, Action: { Allow: {} }, Statement: all },
    ],
  }, context);
  expect(labelled.evaluate(request())).toMatchObject({ blocked: true, rule: 'second', insertHeaders: [['x-amzn-waf-seen', 'yes']] });
});

test('names what it does not emulate, and never lets it match, not even negated', () => {
  const geography = acl({ NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['AU'] } } } });
  expect(geography.evaluate(request()).blocked).toBe(false);
  expect(geography.notEmulated).toEqual([['geo match', '']]);
  expect(acl({ ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } }).notEmulated).toEqual([['managed rule groups', 'AWSManagedRulesCommonRuleSet']]);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html
test('decides by an address set that this machine is in, and names one that no local caller could be in', () => {
  const set = (...ranges: string[]): WebAcl => new WebAcl({ DefaultAction: { Allow: {} }, Rules: [{ Name: 'outside', Priority: 0, Action: { Block: {} }, Statement: { NotStatement: { Statement: { IPSetReferenceStatement: { Arn: 'set' } } } } }] }, { ...context, addressSet: () => new AddressSet(ranges) });
  expect(['127.0.0.1', '127.0.0.9'].map((sourceIp) => set('127.0.0.1/32').evaluate(request({ sourceIp })).blocked)).toEqual([false, true]);
  const elsewhere = set('203.0.113.0/24');
  expect(['127.0.0.1', '203.0.113.7', '198.51.100.7'].map((sourceIp) => elsewhere.evaluate(request({ sourceIp })).blocked)).toEqual([false, false, true]);
  expect([elsewhere.notEmulated, elsewhere.emulated]).toEqual([[['source addresses', '203.0.113.0/24']], []]);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-label-match.html
test('names labels of managed rules, which nothing gives here, and never lets their absence match', () => {
  const label = { LabelMatchStatement: { Scope: 'LABEL', Key: 'awswaf:managed:aws:core-rule-set:GenericLFI_Body' } };
  expect(acl(label).notEmulated).toEqual([['labels of managed rules', 'GenericLFI_Body']]);
  expect(blocks(label, {})).toBe(false);
  expect(blocks({ NotStatement: { Statement: label } }, {})).toBe(false);
  expect(blocks({ LabelMatchStatement: { Scope: 'LABEL', Key: 'own:label' } }, {})).toBe(false);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-aggregation-options.html
test('counts by a header, and not at all without it', () => {
  const limited = acl({ RateBasedStatement: { Limit: 1, AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [{ Header: { Name: 'authorization', TextTransformations: none } }] } });
  const blocked = (...values: string[]): boolean => limited.evaluate(request({ headers: values.map((value) => ['Authorization', value]) })).blocked;
  expect([blocked('a'), blocked('b'), blocked('a'), blocked(), blocked()]).toEqual([false, false, true, false, false]);
});

test.each<[string, Json, string]>([
  ['a statement', { QuantumMatchStatement: {} }, 'LOCAL_WEB_ACL: a statement of a web ACL is known, got QuantumMatchStatement; write one of ByteMatchStatement, '],
  ['a field', bytes({ JA3Fingerprint: {} }, 'x'), 'LOCAL_WEB_ACL: a field to match is emulated, got JA3Fingerprint; write one of SingleHeader, '],
  ['a transformation', bytes({ UriPath: {} }, 'x', 'EXACTLY', ['MD5']), 'LOCAL_WEB_ACL: a text transformation is emulated, got MD5; write one of NONE, '],
  ['an aggregation', { RateBasedStatement: { Limit: 10, AggregateKeyType: 'FORWARDED_IP' } }, 'LOCAL_WEB_ACL: a rate rule aggregates by a known key type, got FORWARDED_IP; write one of IP, CONSTANT, CUSTOM_KEYS'],
  ['a forwarded address', { IPSetReferenceStatement: { Arn: 'set', IPSetForwardedIPConfig: { HeaderName: 'X-Forwarded-For' } } }, 'got IPSetForwardedIPConfig'],
])('refuses %s that it does not know', (_, statement, message) => {
  expect(() => acl(statement)).toThrow(message);
});
