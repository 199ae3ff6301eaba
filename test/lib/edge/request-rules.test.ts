import { Size } from 'aws-cdk-lib';
import { ApiGroup, ApiService, BodyLimit, Cors, HttpMethod, Operation, RequestContent, ServicePlan } from '../../../lib';
import { requestRules } from '../../../lib/edge/request-rules';
import { trafficOf } from '../../../lib/edge/web-acl-traffic';
import { apiService, get, internalDomain, post, publicDomain } from '../../fixtures/declaration';
import { Rule, Statement, webAcl } from '../../fixtures/web-acl';

const ruleOf = (name: string, services = [apiService()]): Rule => webAcl({ services }).rules.find((rule) => rule.Name === name)!;
const taking = (...mediaTypes: string[]): ReturnType<typeof apiService> => apiService({ operations: [post('/a', { content: mediaTypes.map((mediaType): RequestContent => ({ mediaType })) })] });

/** The content type pattern, run as the web ACL runs it: on the lower-cased header. */
function accepts(mediaTypes: string[]): (header: string) => boolean {
  const { Statements } = ruleOf('UnexpectedContentType', [taking(...mediaTypes)]).Statement.AndStatement!;
  const { RegexString, TextTransformations } = Statements[1]!.NotStatement!.Statement.RegexMatchStatement!;
  expect(TextTransformations.map(({ Type }) => Type)).toEqual(['LOWERCASE']);
  return (header) => new RegExp(RegexString).test(header.toLowerCase());
}

test('blocks a trust token from outside, whatever it holds', () => {
  const { Statement: statement, Action } = ruleOf('ForgedTrustToken');
  expect(statement.SizeConstraintStatement).toMatchObject({ FieldToMatch: { SingleHeader: { Name: 'txn-token' } }, ComparisonOperator: 'GE', Size: 0 });
  expect(Action!.Block.CustomResponse.ResponseCode).toBe(403);
});

test('limits one address to the most generous plan of the domain, and says when to come back', () => {
  const { Statement: statement, Action } = ruleOf('RateByAddress');
  expect(statement.RateBasedStatement).toEqual({ AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 2000 });
  expect(Action!.Block.CustomResponse).toMatchObject({ ResponseCode: 429, ResponseHeaders: expect.arrayContaining([{ Name: 'Retry-After', Value: '300' }]) });
});

test('blocks methods that no operation of the domain has', () => {
  const { Statement: statement, Action } = ruleOf('UnusedMethod', [apiService({ operations: [get('/a'), new Operation({ method: HttpMethod.DELETE, path: '/a' })] })]);
  const pattern = new RegExp(statement.NotStatement!.Statement.RegexMatchStatement!.RegexString);
  expect(['GET', 'DELETE'].filter((method) => pattern.test(method))).toHaveLength(2);
  expect(['POST', 'OPTIONS', 'TRACE', 'get', 'GETX', ''].filter((method) => pattern.test(method))).toEqual([]);
  expect(Action!.Block.CustomResponse.ResponseHeaders).toContainEqual({ Name: 'Allow', Value: 'DELETE, GET' });
});

test('lets preflights through where CORS is declared', () => {
  const { Statement: statement } = ruleOf('UnusedMethod', [apiService({ cors: Cors.origin('https://app.bank.example') })]);
  expect(statement.NotStatement!.Statement.RegexMatchStatement!.RegexString).toBe('^(GET|OPTIONS|POST)$');
});

test('counts a body beyond inspection as too large and as a body', () => {
  const fields = webAcl({ services: [apiService()] }).rules.flatMap(({ Statement: statement }) => [statement, ...(statement.AndStatement?.Statements ?? [])])
    .flatMap(({ SizeConstraintStatement }) => (SizeConstraintStatement?.FieldToMatch.Body === undefined ? [] : [SizeConstraintStatement.FieldToMatch.Body]));
  expect(fields).toEqual(['UnexpectedBody', 'BodyAbove65536', 'UnexpectedContentType'].map(() => ({ OversizeHandling: 'MATCH' })));
});

test('holds one body limit everywhere when every service has it', () => {
  const { Statement: statement, Action } = ruleOf('BodyAbove65536', [apiService(), apiService({}, 'cards')]);
  expect(statement.SizeConstraintStatement).toMatchObject({ ComparisonOperator: 'GT', Size: 65536 });
  expect(Action!.Block.CustomResponse.ResponseCode).toBe(413);
});

/** The base paths that a body limit spares, as the regular expression of its rule. */
function sparedBy(bytes: number, services: ApiService[]): RegExp {
  const [, spared] = ruleOf(`BodyAbove${bytes}`, services).Statement.AndStatement!.Statements;
  return new RegExp(spared!.NotStatement!.Statement.RegexMatchStatement!.RegexString);
}

test('holds the smallest body limit everywhere but below base paths that were granted more', () => {
  const services = [apiService(), apiService({ bodyLimit: BodyLimit.of(Size.kibibytes(1)) }, 'cards'), apiService({}, 'loans')];
  const paths = ['/cards', '/cards/1', '/loans', '/loans/1', '/accounts', '/loansandmore', '/x/loans', '/%6coans'];
  expect(paths.filter((path) => !sparedBy(1024, services).test(path))).toEqual(['/cards', '/cards/1', '/loansandmore', '/x/loans', '/%6coans']);
  expect(ruleOf('BodyAbove65536', services).Statement.SizeConstraintStatement).toBeDefined();
});

test('measures no body of a service that may receive larger ones, and every other body still', () => {
  const large = apiService({ bodyLimit: BodyLimit.beyondInspection('scans are uploaded here') }, 'scans');
  expect(['/scans/1', '/accounts', '/%73cans'].filter((path) => sparedBy(65536, [apiService(), large]).test(path))).toEqual(['/scans/1']);
  expect(webAcl({ services: [large] }).rules.filter(({ Name }) => Name.startsWith('BodyAbove'))).toEqual([]);
});

const JSON_AND_FORM = ['application/json', 'application/problem+json', 'multipart/form-data'];

test.each([
  'application/json', 'Application/JSON', 'application/json; charset=utf-8', 'application/json;charset=UTF-8', 'application/problem+json', 'multipart/form-data; boundary=x-1', 'multipart/form-data;boundary="a b"',
])('accepts the content type %s', (header) => {
  expect(accepts(JSON_AND_FORM)(header)).toBe(true);
});

test.each([
  '', 'application/xml', 'text/json', 'application/jsonp', 'xapplication/json', 'application/json; charset=utf-16', 'application/json; charset=utf-7', 'application/json;', 'application/json, application/xml',
  'application/json; charset=utf-8; x=1', 'application/problemxjson', 'multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=a; charset=utf-7', ' application/json',
])("refuses the content type '%s'", (header) => {
  expect(accepts(JSON_AND_FORM)(header)).toBe(false);
});

test('refuses every body when no operation takes one', () => {
  const { Statements } = ruleOf('UnexpectedContentType', [apiService({ operations: [get('/a')] })]).Statement.AndStatement!;
  const pattern = new RegExp(Statements[1]!.NotStatement!.Statement.RegexMatchStatement!.RegexString);
  expect(['application/json', 'text/plain'].filter((header) => pattern.test(header))).toEqual([]);
  expect(Statements[0]!.SizeConstraintStatement).toMatchObject({ ComparisonOperator: 'GT', Size: 0 });
});

test('keeps every expression short enough for a web ACL, however much is declared', () => {
  const services = Array.from({ length: 60 }, (_, index) => apiService({
    bodyLimit: BodyLimit.of(Size.kibibytes(index % 2 === 0 ? 64 : 32)),
    operations: [post('/a', { content: [{ mediaType: `application/vnd.bank.example.service-${index}+json` }] })],
  }, `service-with-a-long-name-${index}`));
  const patterns = webAcl({ services }).rules.flatMap(({ Statement: statement }) => JSON.stringify(statement).match(/"RegexString":"(?:[^"\\]|\\.)*"/g) ?? []).map((text) => (JSON.parse(`{${text}}`) as { RegexString: string }).RegexString);
  expect(patterns.length).toBeGreaterThan(5);
  for (const pattern of patterns) expect(pattern.length).toBeLessThanOrEqual(512);
});

test('looks at the APIs of its own domain only', () => {
  const statement: Statement = webAcl({ domain: internalDomain(), services: [apiService({ exposure: [], operations: [new Operation({ method: HttpMethod.PATCH, path: '/a' })] }), apiService({}, 'cards')] }).rules.find(({ Name }) => Name === 'UnusedMethod')!.Statement;
  expect(statement.NotStatement!.Statement.RegexMatchStatement!.RegexString).toBe('^(GET|POST)$');
});

test('gives a group with a smaller address limit a rule of its own, for its own base paths', () => {
  const groups = [new ApiGroup('accounts', { services: [apiService()], plan: ServicePlan.of({ requestsPerAddress: 2000 }) }), new ApiGroup('lending', { services: [apiService({}, 'loans')], plan: ServicePlan.of({ requestsPerAddress: 600 }) })];
  const rates = requestRules(trafficOf(publicDomain(), groups)).filter(({ name }) => name.startsWith('RateByAddress'));
  expect(rates.map(({ name, statement }) => [name, (statement.rateBasedStatement as { limit: number }).limit])).toEqual([['RateByAddress', 2000], ['RateByAddress-lending', 600]]);
  expect(JSON.stringify(rates[1]!.statement)).toContain('^/(loans)(/|$)');
});

test.each(['/a%2Fb', '/a%5cb', '/%2e%2E/admin', '/a%252fb', '/a%00', '/a;b=1', '/a%3Bb', '//a', '/a//b', '/a\\b', '/a/../b', '/a/./b', '/a/..'])("refuses the path '%s', which a service may read as another", (path) => {
  expect(new RegExp(ruleOf('AmbiguousPath').Statement.RegexMatchStatement!.RegexString).test(path.toLowerCase())).toBe(true);
});

test.each(['/', '/accounts', '/accounts/A-1_2.3:4', '/accounts/caf%C3%A9', '/.well-known/jwks.json', '/a/...b', '/a/b..c'])("lets the path '%s' through", (path) => {
  expect(new RegExp(ruleOf('AmbiguousPath').Statement.RegexMatchStatement!.RegexString).test(path.toLowerCase())).toBe(false);
});

test('refuses headers that ask a framework for another method or path', () => {
  const names = ruleOf('OverrideHeader').Statement.OrStatement!.Statements.map(({ SizeConstraintStatement }) => SizeConstraintStatement!.FieldToMatch.SingleHeader!.Name);
  expect(names).toEqual(['x-http-method', 'x-http-method-override', 'x-method-override', 'x-original-url', 'x-rewrite-url']);
});

test('refuses a body on methods for which no operation of the domain declares one', () => {
  const [method, body] = ruleOf('UnexpectedBody').Statement.AndStatement!.Statements;
  expect(['GET', 'POST'].filter((name) => new RegExp(method!.RegexMatchStatement!.RegexString).test(name))).toEqual(['GET']);
  expect(body!.SizeConstraintStatement).toMatchObject({ ComparisonOperator: 'GT', Size: 0 });
  expect(requestRules(trafficOf(publicDomain(), [new ApiGroup('accounts', { services: [apiService({ operations: [post('/a')] })] })])).map(({ name }) => name)).not.toContain('UnexpectedBody');
});

/** The pattern of ambiguous paths, run as the web ACL runs it. */
function isAmbiguous(path: string): boolean {
  const { RegexString, TextTransformations } = ruleOf('AmbiguousPath').Statement.RegexMatchStatement!;
  expect(TextTransformations.map(({ Type }) => Type)).toEqual(['LOWERCASE']);
  return new RegExp(RegexString).test(path.toLowerCase());
}

test.each([
  ['a slash', '/accounts/a%2Fb'], ['a dot', '/accounts/%2E%2E'], ['a percent sign', '/accounts/%252f'], ['a line feed', '/accounts/a%0Ab'], ['a delete', '/accounts/%7F'],
  ['an overlong slash', '/accounts/a%C0%AFb'], ['an overlong dot', '/accounts/%c0%ae%c0%ae'], ['an overlong backslash', '/accounts/%c1%9c'],
  ['an overlong slash in three octets', '/accounts/a%e0%80%afb'], ['an overlong slash in four', '/accounts/a%f0%80%80%af'], ['an octet of an older UTF-8', '/accounts/%f8%80%80%80%af'],
  ['a surrogate', '/accounts/%ed%a0%80'], ['a character beyond the last one', '/accounts/%f4%90%80%80'],
  ['a character without its end, in front of a slash', '/accounts/a%e2/b'], ['a character without its end, in front of a letter', '/accounts/%c3a'],
  ['two octets of three', '/accounts/%e2%82'], ['three octets of four', '/accounts/%f0%9f%98/x'], ['an octet that belongs to no character', '/accounts/a%bf'], ['another right behind the base path', '/accounts/%80'], ['another right at the beginning', '/%80'], ['another behind one letter', '/a%bf'],
  ['a percent sign that encodes nothing', '/accounts/%zz'], ['half an encoding', '/accounts/%4'], ['a lone percent sign', '/accounts/%'], ['a long encoding', '/accounts/%u002f'],
  ['an octet that is not encoded', '/accounts/a\u00c0\u00af'], ['a space', '/accounts/a b'],
  ['an octet behind a whole character', '/accounts/x%C3%A9%A9'], ['one behind three octets', '/%e2%82%ac%bf'], ['one behind four', '/%f0%9f%98%80%80'],
  ['a letter that needs no encoding', '/accounts/%61dmin'], ['a capital', '/accounts/%5A'], ['a digit', '/accounts/%39'], ['a hyphen', '/accounts/a%2Db'], ['an underscore', '/accounts/a%5Fb'], ['a question mark', '/accounts/a%3Fb'], ['a number sign', '/accounts/a%23b'], ['one as it is', '/accounts/a#b'],
])('refuses %s in a path', (_, path) => {
  expect(isAmbiguous(path)).toBe(true);
});

test.each(['/accounts', '/accounts/a%7Eb', '/accounts/%40me', '/accounts/%5Bx%5D%7B%7D%60', '/accounts/0a-b_c.d~e/f', '/accounts/a%20b', '/accounts/a+b@c:d,e!f$g', '/caf%C3%A9', '/%e2%82%ac/100', '/%F0%9F%98%80', '/%C3%A9%C3%A9%e2%82%ac%F0%9F%98%80a', '/%ed%9f%bf', '/%f4%8f%bf%bf'])('takes the path %s', (path) => {
  expect(isAmbiguous(path)).toBe(false);
});
