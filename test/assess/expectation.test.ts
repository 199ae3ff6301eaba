import { inWords, PROBLEM, SECURITY_HEADER_RULES, shortcomings } from '../../assess/expectation';
import { limits } from '../../assess/families/limits';
import { readEnvironment } from '../../assess/environment-reader';
import { SECURITY_HEADERS } from '../../lib/contract/security-headers';

const HEADERS = { ...Object.fromEntries(Object.entries(SECURITY_HEADERS).map(([name, value]) => [name.toLowerCase(), value])), 'content-type': 'application/problem+json' };
const RULES = [...SECURITY_HEADER_RULES, PROBLEM];

test('takes a refusal with every security header', () => {
  expect(shortcomings({ status: [401], headers: RULES, discreet: true }, { status: 401, headers: HEADERS, body: '{"title":"Unauthorized"}' })).toEqual([]);
});

test.each(Object.keys(SECURITY_HEADERS).map((name) => name.toLowerCase()))('misses %s', (name) => {
  expect(shortcomings({ status: [401], headers: RULES }, { status: 401, headers: Object.fromEntries(Object.entries(HEADERS).filter(([other]) => other !== name)), body: '' })).toEqual([`no ${name}`]);
});

test.each([
  [{ 'strict-transport-security': 'max-age=0' }, 'strict-transport-security: max-age=0'],
  [{ 'x-powered-by': 'Express' }, 'x-powered-by: Express'],
  [{ 'server': 'nginx/1.0' }, 'server: nginx/1.0'],
  [{ 'content-type': 'text/html' }, 'content-type: text/html'],
])('finds %j', (header, found) => {
  expect(shortcomings({ status: [401], headers: RULES }, { status: 401, headers: { ...HEADERS, ...header }, body: '' })).toEqual([found]);
});

test.each([
  ['Error: no\n    at handler (/var/task/index.js:1:20)', 'a stack trace'], ['User: arn:aws:sts::1:assumed-role/x', 'an ARN'],
  ['{"errorType":"NullPointerException"}', 'the name of an exception'], ['/app/node_modules/pg', 'a file name of a server'],
])('finds what %j tells of the inside', (body, what) => {
  expect(shortcomings({ status: [500], discreet: true }, { status: 500, headers: {}, body })).toContain(`the body shows ${what}`);
});

test.each([['{"keys":[]}', 'no key'], ['<html>', 'no set of keys'], ['{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}', 'private members k']])('finds in the keys %s: %s', (body, found) => {
  expect(shortcomings({ status: [200], publicKeys: true }, { status: 200, headers: {}, body })).toEqual([found]);
});

test('says what it expects', () => {
  expect(inWords({ status: [400, 403], orNoAnswer: true, headers: [{ name: 'allow', is: 'present' }], discreet: true })).toBe('status 400 or 403 or no answer, allow present, nothing of the inside');
});

test('refuses an assembly that is not there, as the local gateway does', () => {
  expect(() => readEnvironment('nowhere')).toThrow(/^LOCAL_ASSEMBLY: /);
});

test('asks for the rate headers where requests are counted exactly, with the declared limit', () => {
  const operation = { api: 'rates', method: 'GET', path: '/rates/x', template: '/x', query: '', headers: {}, required: [], content: [], policy: { id: 'x', service: 'rates', group: 'g', scopes: [['a']] } };
  const configuration = { clients: { batch: { consumer: 'Batch', type: 'system', groups: ['g'] } }, operations: { 'rates GET /x': operation.policy }, rateLimits: { rates: { requests: 60, windowSeconds: 60 } } };
  const domain = { securityDomain: 'internal', hostName: 'x', isPrivate: true, mutualTls: false, addressLimits: [], honeypots: [], configuration: configuration as never, apis: [{ name: 'rates', basePath: '/rates', service: 'rates', resources: [], operations: [operation], bodyLimit: 1024 }] };
  const { probe } = limits.cases(domain).find(({ rule }) => rule === 'rate-headers')!;
  const { expected } = probe as Extract<typeof probe, { kind: 'request' }>;
  const told = { 'x-rate-limit-limit': '60', 'x-rate-limit-remaining': '59', 'x-rate-limit-reset': '1770000000' };
  expect(shortcomings(expected, { status: 200, headers: told, body: '' })).toEqual([]);
  expect(shortcomings(expected, { status: 200, headers: { ...told, 'x-rate-limit-limit': '600' }, body: '' })).toEqual(['x-rate-limit-limit: 600']);
  expect(shortcomings(expected, { status: 200, headers: {}, body: '' })).toHaveLength(3);
});
