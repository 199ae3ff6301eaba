import { AddressSet } from '../../../local/web-acl/address-set';
import type { InspectedRequest } from '../../../local/web-acl/inspected-request';
import { textTransformation } from '../../../local/web-acl/text-transformation';
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
])('matches bytes in %s', (_, statement, over, expected) => {
  expect(blocks(statement, over)).toBe(expected);
});

const cookies = (MatchPattern: Json, MatchScope = 'ALL', OversizeHandling = 'CONTINUE'): Json => ({ Cookies: { MatchPattern, MatchScope, OversizeHandling } });
const headers = (MatchPattern: Json, MatchScope = 'ALL', OversizeHandling = 'CONTINUE'): Json => ({ Headers: { MatchPattern, MatchScope, OversizeHandling } });

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-fields-list.html ("AWS WAF inspects the values of all arguments"; names of headers are not case sensitive, those of cookies are)
test.each<[string, Json, Partial<InspectedRequest>, boolean]>([
  ['a query argument whose name is written otherwise', bytes({ SingleQueryArgument: { Name: 'API_key' } }, 'xyz'), { query: 'api_KEY=xyz' }, true],
  ['the second of two arguments of a name', bytes({ SingleQueryArgument: { Name: 'a' } }, 'two', 'EXACTLY'), { query: 'a=one&a=two' }, true],
  ['a value among all query arguments', bytes({ AllQueryArguments: {} }, 'token'), { query: 'a=1&b=token' }, true],
  ['a name among all query arguments', bytes({ AllQueryArguments: {} }, 'token'), { query: 'access_token=1' }, false],
  ['a name in the query string', bytes({ QueryString: {} }, 'token'), { query: 'access_token=1' }, true],
  ['a cookie', bytes(cookies({ All: {} }, 'KEY'), 'sid'), { headers: [['Cookie', 'a=1; sid=2']] }, true],
  ['a cookie that is included', bytes(cookies({ IncludedCookies: ['sid'] }, 'VALUE'), '2'), { headers: [['Cookie', 'a=1; sid=2']] }, true],
  ['a cookie of that name in capitals', bytes(cookies({ IncludedCookies: ['sid'] }, 'VALUE'), '2'), { headers: [['Cookie', 'a=1; SID=2']] }, false],
  ['a cookie of an excluded name in capitals', bytes(cookies({ ExcludedCookies: ['sid'] }, 'VALUE'), '2'), { headers: [['Cookie', 'SID=2']] }, true],
  ['a header that is included, in capitals', bytes(headers({ IncludedHeaders: ['x-a'] }, 'VALUE'), '2'), { headers: [['X-A', '2'], ['X-B', '3']] }, true],
  ['a header that is excluded, in capitals', bytes(headers({ ExcludedHeaders: ['x-a'] }, 'VALUE'), '2'), { headers: [['X-A', '2'], ['X-B', '3']] }, false],
])('looks for bytes in %s', (_, statement, over, expected) => {
  expect(blocks(statement, over)).toBe(expected);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-fields-list.html ("JSON body", with its example of included elements)
describe('a JSON body', () => {
  const json = (search: string, MatchScope: string, more: Json = {}): Json => bytes({ JsonBody: { MatchPattern: { All: {} }, MatchScope, ...more } }, search, 'EXACTLY');
  const inside = { MatchPattern: { IncludedPaths: ['/a/b'] } };
  const sample = '{"a":{"c":"d","b":{"e":{"f":"g"}}}}';

  test.each<[string, Json, string, boolean]>([
    ['a value', json('evil', 'VALUE'), '{"a":[{"b":"evil"}]}', true],
    ['a value that is written in escapes', json('evil', 'VALUE'), '{"a":"\\u0065vil"}', true],
    ['a key where only values count', json('evil', 'VALUE'), '{"evil":1}', false],
    ['a value where only keys count', json('evil', 'KEY'), '{"a":"evil"}', false],
    ['a number', json('12', 'ALL'), '[12]', true],
    ['an included value', json('g', 'ALL', inside), sample, true],
    ['an included key', json('e', 'KEY', inside), sample, true],
    ['the key that leads to what is included', json('b', 'ALL', inside), sample, false],
    ['a value beside what is included', json('d', 'ALL', inside), sample, false],
    ['an included element of a list', json('x', 'VALUE', { MatchPattern: { IncludedPaths: ['/dogs/1/name'] } }), '{"dogs":[{"name":"y"},{"name":"x"}]}', true],
    ['an element beside the included one', json('y', 'VALUE', { MatchPattern: { IncludedPaths: ['/dogs/1/name'] } }), '{"dogs":[{"name":"y"},{"name":"x"}]}', false],
    ['a key with the signs of a pointer', json('x', 'VALUE', { MatchPattern: { IncludedPaths: ['/a~1b~0c'] } }), '{"a/b~c":"x"}', true],
    ['what follows a missing comma', json('value2', 'VALUE'), '{"key1":"value1""key2":"value2"}', true],
    ['what follows a missing colon', json('value2', 'VALUE'), '{"key1":"value1","key2""value2"}', true],
    ['what follows extra colons', json('value2', 'VALUE'), '{"key1"::"value1","key2""value2"}', true],
    ['what is before a fault', json('evil', 'VALUE'), '{"a":"evil",!', true],
    ['what is behind a fault', json('evil', 'VALUE'), '{"a":!,"b":"evil"}', false],
    ['what is behind a key that was there', json('evil', 'VALUE'), '{"a":1,"a":"evil"}', false],
    ['the first value of a key that is there twice', json('evil', 'VALUE'), '{"a":"evil","a":"fine"}', true],
  ])('is looked through for %s', (_, statement, body, expected) => {
    expect(blocks(statement, { body: Buffer.from(body) })).toBe(expected);
  });

  test.each<[string, string]>([
    ['is cut off', '{"a":1'], ['has a key twice', '{"a":1,"a":2}'], ['has no object or list at its root', '"text"'], ['goes on behind its end', '{}x'],
    ['closes what it did not open', '[}'], ['has a key without a value', '{"a"}'], ['has something else for a key', '{1:2}'], ['is no text', '\u0000'],
  ])('that %s falls back', (_, body) => {
    const falls = (InvalidFallbackBehavior: string, search = 'nothing'): boolean => blocks(json(search, 'ALL', { InvalidFallbackBehavior }), { body: Buffer.from(body) });
    expect([falls('MATCH'), falls('NO_MATCH'), falls('EVALUATE_AS_STRING'), falls('EVALUATE_AS_STRING', body)]).toEqual([true, false, false, true]);
  });

  test('that nests deep is read to its end', () => {
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    expect(acl(json('x', 'ALL', { InvalidFallbackBehavior: 'MATCH' }), { AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_64' } } } }).evaluate(request({ body: Buffer.from(deep) })).blocked).toBe(false);
  });

  test('that is not there does not match, whatever a fault would', () => {
    expect(blocks(json('x', 'ALL', { InvalidFallbackBehavior: 'MATCH' }), {})).toBe(false);
  });
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html
test.each<[string, string, string]>([
  ['LOWERCASE', 'A+XmL', 'a+xml'],
  ['URL_DECODE', '%3Cb%3e', '<b>'],
  ['URL_DECODE_UNI', '%u003Cb%3e', '<b>'],
  ['URL_DECODE_UNI', '%uFF1Cscript%uFF1E', '<script>'],
  ['URL_DECODE_UNI', '%u013C', '<'],
  ['JS_DECODE', '\\x3cscript\\u003E', '<script>'],
  ['JS_DECODE', '\\uff1cscript\\uFF1E', '<script>'],
  ['JS_DECODE', 'a\\tb\\"c', 'a\tb"c'],
  ['COMPRESS_WHITE_SPACE', 'a\f\t\n\r\v\u00a0 b', 'a b'],
  ['HTML_ENTITY_DECODE', '&lt;&#x62;&#62;&quot;', '<b>"'],
  ['NORMALIZE_PATH', '/a//b/./c/../d', '/a/b/d'],
  ['NORMALIZE_PATH', '../../etc/passwd', '../../etc/passwd'],
  ['NORMALIZE_PATH', '', ''],
  ['NORMALIZE_PATH_WIN', '\\a\\.\\b\\..\\c', '/a/c'],
  ['REMOVE_NULLS', 'a\u0000b', 'ab'],
  ['REPLACE_NULLS', 'a\u0000b', 'a b'],
  ['REPLACE_COMMENTS', 'a/* x */b/* y', 'a b '],
  ['REPLACE_COMMENTS', 'a*/b', 'a*/b'],
  ['CMD_LINE', 'C^M"D\\  /C  (x),;Y', 'cmd/c(x) y'],
  ['BASE64_DECODE', 'ZXZpbA==', 'evil'],
  ['HEX_DECODE', '6576696c', 'evil'],
])('%s turns %j into %j', (type, text, expected) => {
  expect(textTransformation([{ Priority: 0, Type: type }])(text)).toBe(expected);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html (applied in the order that is set)
test('applies transformations by priority', () => {
  expect(textTransformation([{ Priority: 1, Type: 'LOWERCASE' }, { Priority: 0, Type: 'BASE64_DECODE' }])('RVZJTA==')).toBe('evil');
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

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html ("at most the first 8 KB of the request headers and at most the first 200 headers")
test.each<[string, [string, string][]]>([
  ['bytes', [['a', 'x'.repeat(8191)], ['b', 'needle']]],
  ['bytes of one value', [['a', `${'x'.repeat(8190)}needle`]]],
  ['headers', [...Array.from({ length: 200 }, (_, index): [string, string] => [`h${index}`, 'x']), ['last', 'needle']]],
])('sees no more than so many %s of headers, and treats the rest as it is told', (_, sent) => {
  const sees = (handling: string): boolean => blocks(bytes(headers({ All: {} }, 'VALUE', handling), 'needle'), { headers: sent });
  expect([sees('CONTINUE'), sees('MATCH'), sees('NO_MATCH')]).toEqual([false, true, false]);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html
test('inspects as much of a body as the association says', () => {
  const needle = bytes({ Body: { OversizeHandling: 'CONTINUE' } }, 'needle');
  const body = Buffer.concat([Buffer.alloc(20 * 1024), Buffer.from('needle')]);
  const wide = { AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_32' } } } };
  expect(acl(needle).evaluate(request({ body })).blocked).toBe(false);
  expect(acl(needle, wide).evaluate(request({ body })).blocked).toBe(true);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html (logical rule statements, IP set match, regex match and pattern set)
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

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-aggregation-instances.html ("Each unique combination of values"), with a scope-down statement
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

// https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-incoming-request.html ("the last rule to inspect the request and find a match would have its header added")
test('inserts headers of rules that count, of the one that allows, and of a default that allows, the last one of a name', () => {
  const all = { SizeConstraintStatement: { FieldToMatch: { Method: {} }, ComparisonOperator: 'GT', Size: 0, TextTransformations: none } };
  const inserting = (Name: string, Value: string): Json => ({ CustomRequestHandling: { InsertHeaders: [{ Name, Value }] } });
  const rule = (Priority: number, Action: Json): NonNullable<WebAclProperties['Rules']>[number] => ({ Name: String(Priority), Priority, Action, Statement: all });
  const inserted = (...Rules: NonNullable<WebAclProperties['Rules']>): unknown => new WebAcl({ DefaultAction: { Allow: inserting('end', 'default') } as never, Rules }, context).evaluate(request()).insertHeaders;
  expect(inserted(rule(0, { Count: inserting('RuleA', '1') }))).toEqual([['x-amzn-waf-RuleA', '1'], ['x-amzn-waf-end', 'default']]);
  expect(inserted(rule(0, { Count: inserting('RuleA', '1') }), rule(1, { Count: inserting('rulea', '2') }), rule(2, { Allow: inserting('RuleB', '3') }))).toEqual([['x-amzn-waf-rulea', '2'], ['x-amzn-waf-RuleB', '3']]);
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

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-label-match-examples.html
test.each<[string, string, string, boolean]>([
  ['LABEL', 'header:encoding:utf8', 'header:encoding:utf8', true],
  ['LABEL', 'header:encoding:utf8', 'testNS1:testNS2:header:encoding:utf8', true],
  ['LABEL', 'header:encoding:utf8', 'header:encoding2:utf8', false],
  ['LABEL', 'header:encoding:utf8', 'Header:encoding:utf8', false],
  ['NAMESPACE', 'header:encoding:', 'header:encoding:utf8', true],
  ['NAMESPACE', 'header:encoding:', 'header:encoding', false],
  ['NAMESPACE', 'header:encoding:', 'query:encoding:utf8', false],
])('matches by %s and key %s the label %s: %s', (Scope, Key, label, expected) => {
  const all = { SizeConstraintStatement: { FieldToMatch: { Method: {} }, ComparisonOperator: 'GT', Size: 0, TextTransformations: none } };
  const rules = [{ Name: 'label', Priority: 0, Action: { Count: {} }, Statement: all, RuleLabels: [{ Name: label }] }, { Name: 'match', Priority: 1, Action: { Block: {} }, Statement: { LabelMatchStatement: { Scope, Key } } }];
  expect(new WebAcl({ DefaultAction: { Allow: {} }, Rules: rules }, context).evaluate(request()).blocked).toBe(expected);
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
