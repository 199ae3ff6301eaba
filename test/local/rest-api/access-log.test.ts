import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessLog } from '../../../local/rest-api/access-log';
import { MOCK, operation, restApiFixture } from './rest-api-fixture';

const directory = mkdtempSync(join(tmpdir(), 'access-log-'));
const file = join(directory, 'access.log');
const log = new AccessLog(file);
afterAll(async () => {
  await log.close();
  rmSync(directory, { recursive: true });
});

async function line(format: string, over: object = {}): Promise<string> {
  const before = readFileSync(file, 'utf8').length;
  const { send } = restApiFixture({ paths: { '/a/{id}': { get: operation(MOCK) } } }, { accessLog: log, accessLogFormat: format });
  await send({ path: '/a/1', ...over });
  return readFileSync(file, 'utf8').slice(before);
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html (formats: JSON, CLF, CSV, XML)
test.each([
  ['JSON', '{"ip":"$context.identity.sourceIp","method":"$context.httpMethod","resource":"$context.resourcePath","status":"$context.status","length":"$context.responseLength"}', /^\{"ip":"127\.0\.0\.1","method":"GET","resource":"\/a\/\{id\}","status":"200","length":"0"\}\n$/],
  ['CLF', '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime]"$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId', /^127\.0\.0\.1 - - \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000\]"GET \/a\/\{id\} HTTP\/1\.1" 200 0 [\w-]{36}\n$/],
  ['CSV', '$context.stage,$context.apiId,$context.accountId,$context.domainName,$context.tlsVersion', /^live,abcdefghij,111111111111,api\.example,TLSv1\.3\n$/],
  ['XML', '<request id="$context.requestId"><status>$context.status</status></request>', /^<request id="[\w-]{36}"><status>200<\/status><\/request>\n$/],
])('renders %s', async (_, format, expected) => {
  expect(await line(format)).toMatch(expected);
});

// What the page does not say: how values are escaped. An attacker's text is the text of one value here.
test.each([
  ['a line feed', 'x\n{"status":"200"}'], ['a quotation mark', 'x","status":"999'], ['a backslash', 'x\\'], ['a variable', '$context.accountId'], ['a separator of lines', 'x\u2028y'],
])('writes %s of a caller as text of one line', async (_, agent) => {
  const text = await line('{"agent":"$context.identity.userAgent","status":"$context.status"}', { headers: [['User-Agent', agent]] });
  expect(text.split('\n')).toHaveLength(2);
  expect(JSON.parse(text)).toEqual({ agent, status: '200' });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html ($context.error.responseType, $context.resourcePath)
test('writes the answer of a request that no operation takes', async () => {
  expect(await line('$context.status $context.error.responseType $context.resourcePath', { path: '/b' })).toBe('403 MISSING_AUTHENTICATION_TOKEN -\n');
});

test('is readable by its owner only', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
