import { SECURITY_HEADERS } from '../../lib/contract/security-headers';
import { lambdaTrustToken } from '../../service/lambda-trust-token';
import { BodyInspection } from '../../service/threat/body-inspection';
import { JsonThreatProtection } from '../../service/threat/json-threat-protection';
import { TrustTokenVerifier } from '../../service/trust-token-verifier';
import { CLAIMS, OPTIONS, trustToken } from './trust-token';

const verifier = new TrustTokenVerifier(OPTIONS);
const handler = lambdaTrustToken(verifier, async (_event: Event, claims) => ({ statusCode: 200, body: claims.sub }));

const GET_ACCOUNT = { httpMethod: 'GET', resource: '/accounts/{id}' };

interface Event {
  readonly httpMethod: string;
  readonly resource: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: { readonly authorizer?: Record<string, unknown> | null };
}

test('runs the handler on behalf of the subject', async () => {
  const event = { ...GET_ACCOUNT, headers: {}, requestContext: { authorizer: { trustToken: trustToken() } } };
  expect(await handler(event, {})).toEqual({ statusCode: 200, headers: SECURITY_HEADERS, body: 'user-1' });
});

test("never looks at the caller's own header", async () => {
  const event = { ...GET_ACCOUNT, headers: { 'Txn-Token': trustToken(), 'txn-token': trustToken() }, requestContext: {} };
  expect(await handler(event, {})).toMatchObject({ statusCode: 401 });
});

test.each([[undefined], [null], [{}], [{ trustToken: 7 }], [{ trustToken: '' }], [{ trustToken: trustToken({ aud: 'x' }) }]])('refuses the context %j', async (authorizer) => {
  const refused = await handler({ ...GET_ACCOUNT, headers: {}, requestContext: { authorizer } }, {});
  expect(refused).toEqual({
    statusCode: 401,
    headers: { ...SECURITY_HEADERS, 'Content-Type': 'application/problem+json', 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    body: JSON.stringify({ status: 401, title: 'Unauthorized', detail: 'A valid access token is required.' }),
  });
});

test('passes on the errors of the handler itself', async () => {
  const failing = lambdaTrustToken(verifier, async () => { throw new Error('of the service'); });
  await expect(failing({ ...GET_ACCOUNT, requestContext: { authorizer: { trustToken: trustToken() } } }, {})).rejects.toThrow('of the service');
});

test.each([['DELETE', '/accounts/{id}'], ['GET', '/accounts/{id}/cards']])('refuses a token of another operation on %s %s', async (httpMethod, resource) => {
  expect(await handler({ httpMethod, resource, headers: {}, requestContext: { authorizer: { trustToken: trustToken() } } }, {})).toMatchObject({ statusCode: 403 });
});

test("keeps the caller's credentials from the handler, and every other header", async () => {
  const seen = lambdaTrustToken(verifier, async (event: Event) => event);
  const credentials = { Authorization: 'Bearer x', COOKIE: 'x', dpop: 'x', 'Txn-Token': 'x', 'X-Api-Key': 'x', X_API_KEY: 'x', 'X.Api.Key': 'x' };
  const event = { ...GET_ACCOUNT, headers: { ...credentials, Accept: '*/*' }, multiValueHeaders: { ...credentials, Accept: ['*/*'] }, requestContext: { authorizer: { trustToken: trustToken() } } };
  expect(await seen(event, {})).toEqual({ ...event, headers: { Accept: '*/*' }, multiValueHeaders: { Accept: ['*/*'] } });
  expect(event.headers.Authorization).toBe('Bearer x');
});

describe('where the requests of the consumer are counted', () => {
  const counted = (rate_limit: unknown) => ({ ...GET_ACCOUNT, headers: {}, requestContext: { authorizer: { trustToken: trustToken({ tctx: { ...CLAIMS.tctx, rate_limit } }), limit: '999' } } });
  const told = { 'X-Rate-Limit-Limit': '60', 'X-Rate-Limit-Remaining': '0', 'X-Rate-Limit-Reset': '1800000060' };
  const standing = { limit: 60, remaining: 0, reset: 1_800_000_060 };

  test('tells the caller where it stands, by the trust token', async () => {
    expect(await handler(counted(standing), {})).toEqual({ statusCode: 200, headers: { ...SECURITY_HEADERS, ...told }, body: 'user-1' });
  });

  test('tells it on a refusal of the body as well', async () => {
    const parsing = lambdaTrustToken(verifier, async () => new JsonThreatProtection().parse('{"a":'));
    expect(await parsing(counted(standing), {})).toMatchObject({ statusCode: 400, headers: told });
  });

  test.each([[{}], [{ ...standing, reset: 'soon' }], [{ ...standing, limit: 0.5 }]])('tells nothing that it does not know: %j', async (rateLimit) => {
    expect(await handler(counted(rateLimit), {})).toEqual({ statusCode: 200, headers: SECURITY_HEADERS, body: 'user-1' });
  });
});

test('leaves the headers that the handler sets as they are', async () => {
  const own = { headers: { 'cache-control': 'public, max-age=60' }, multiValueHeaders: { 'x-frame-options': ['SAMEORIGIN'] } };
  const answering = lambdaTrustToken(verifier, async () => ({ statusCode: 200, ...own }));
  const missing = Object.fromEntries(Object.entries(SECURITY_HEADERS).filter(([name]) => !['Cache-Control', 'X-Frame-Options'].includes(name)));
  expect(await answering({ ...GET_ACCOUNT, requestContext: { authorizer: { trustToken: trustToken() } } }, {}))
    .toEqual({ statusCode: 200, headers: { ...missing, ...own.headers }, multiValueHeaders: own.multiValueHeaders });
});

test('passes on a result that is no proxy result', async () => {
  const answering = lambdaTrustToken(verifier, async () => undefined);
  expect(await answering({ ...GET_ACCOUNT, requestContext: { authorizer: { trustToken: trustToken() } } }, {})).toBeUndefined();
});

test('marks answers where the API has a marking, unless the handler does', async () => {
  const classified = { ...GET_ACCOUNT, requestContext: { authorizer: { trustToken: trustToken({ tctx: { ...CLAIMS.tctx, classification: 'PROTECTED', marking: 'OFFICIAL' } }) } } };
  const answering = (headers: object) => lambdaTrustToken(verifier, async () => ({ statusCode: 200, headers }));
  expect(await answering({})(classified, {})).toMatchObject({ headers: { 'X-Protective-Marking': 'VER=2018.6, NS=gov.au, SEC=PROTECTED' } });
  expect(await answering({ 'x-protective-marking': 'VER=2018.6, NS=gov.au, SEC=OFFICIAL' })(classified, {})).not.toHaveProperty(['headers', 'X-Protective-Marking']);
  expect(await answering({})({ ...GET_ACCOUNT, requestContext: { authorizer: { trustToken: trustToken() } } }, {})).not.toHaveProperty(['headers', 'X-Protective-Marking']);
});

test.each([['{"a":', 400], ['['.repeat(70_000), 413]])('answers a body that the handler refuses to parse: %.8s', async (body, status) => {
  const parsing = lambdaTrustToken(verifier, async () => new JsonThreatProtection().parse(body));
  expect(await parsing({ ...GET_ACCOUNT, requestContext: { authorizer: { trustToken: trustToken() } } }, {}))
    .toMatchObject({ statusCode: status, headers: { ...SECURITY_HEADERS, 'Content-Type': 'application/problem+json' } });
});

const POST = { ...GET_ACCOUNT, requestContext: { authorizer: { trustToken: trustToken() } } };
const JSON_TYPE = { 'Content-Type': 'application/json' };

async function posted(event: object, options?: Parameters<typeof lambdaTrustToken>[2]): Promise<unknown> {
  const handled = lambdaTrustToken(verifier, async (_event, _claims, _context, body) => ({ statusCode: 200, body }), options);
  const { statusCode, body } = await handled({ ...POST, ...event }, {}) as { statusCode: number; body: unknown };
  return statusCode === 200 ? body : statusCode;
}

test('inspects a body before the handler sees it, and hands it over parsed', async () => {
  expect(await posted({ headers: JSON_TYPE, body: '{"a":[1]}' })).toEqual({ a: [1] });
  expect(await posted({ headers: JSON_TYPE, body: '{"a":1,"a":2}' })).toBe(400);
  expect(await posted({ headers: JSON_TYPE, body: Buffer.from('{"a":1,"a":2}').toString('base64'), isBase64Encoded: true })).toBe(400);
  expect(await posted({ headers: JSON_TYPE, body: ' '.repeat(70_000) })).toBe(413);
  expect(await posted({ headers: { 'content-type': 'application/xml' }, body: '<!DOCTYPE a><a/>' })).toBe(400);
  expect(await posted({ headers: { 'content-type': 'application/soap+xml; charset=utf-8' }, body: '<a/>' })).toBe('<a/>');
});

test('takes no body for JSON that the gateway does not take for it either', async () => {
  expect(await posted({ headers: { 'content-type': 'text/csv' }, body: '{"a":1,"a":2}' })).toBeUndefined();
  expect(await posted({ headers: {}, body: '{"a":1,"a":2}' })).toBe(400);
  expect(await posted({ body: '{"a":1,"a":2}' })).toBe(400);
  expect(await posted({ headers: JSON_TYPE, body: null })).toBeUndefined();
});

test.each([
  [{ 'content-type': '' }], [{ 'content-type': ';charset=utf-8' }], [{ 'content-type': 'json' }], [{ 'content-type': 'application/a+b+json' }], [{ 'content-type': "application/o'brien+json" }],
  [{ 'content-type': 'application/json;charset=utf-8;charset=utf-7' }], [{ 'content-type': 'application/json; charset="utf-7 "' }], [{ 'content-type': "application/json; charset*=utf-7''x" }],
  [{ ...JSON_TYPE, 'content-encoding': 'br' }],
])('lets no body past the inspection by %j', async (headers) => {
  expect(await posted({ headers, body: '{"a":1,"a":2}' })).toBe(400);
  expect(await posted({ headers: { 'content-type': 'application/json;charset="UTF-8"', 'content-encoding': 'identity' }, body: '{"a":1}' })).toEqual({ a: 1 });
});

test('refuses a body of two types: what inspects it and what parses it could choose differently', async () => {
  const both = { headers: { 'Content-Type': 'text/csv' }, multiValueHeaders: { 'Content-Type': ['application/json', 'text/csv'] } };
  expect(await posted({ ...both, body: '{"a":1,"a":2}' })).toBe(400);
  expect(await posted({ headers: { 'Content-Type': 'application/json', 'content-type': 'text/csv' }, body: '{}' })).toBe(400);
});

test('keeps the limits that the environment declares, and refuses to start with some that it cannot read', async () => {
  process.env.BODY_LIMITS = '{"depth":1,"attributes":1}';
  expect(await posted({ headers: JSON_TYPE, body: '[[1]]' })).toBe(400);
  expect(await posted({ headers: JSON_TYPE, body: '[1]' })).toEqual([1]);
  for (const wrong of ['', '[]', 'x', '{"deph":1}', '{"depth":"1"}', '{"depth":0}']) {
    process.env.BODY_LIMITS = wrong;
    expect(() => lambdaTrustToken(verifier, async () => undefined)).toThrow(TypeError);
  }
  delete process.env.BODY_LIMITS;
});

test("asks the service's own rules, which let nothing through but by true", async () => {
  const rule = jest.fn((body: unknown, { sub }: { sub: string }) => (body as { owner?: string }).owner === sub);
  const options = { bodies: new BodyInspection({ policies: [rule] }) };
  expect(await posted({ headers: JSON_TYPE, body: '{"owner":"user-1"}' }, options)).toEqual({ owner: 'user-1' });
  expect(await posted({ headers: JSON_TYPE, body: '{"owner":"user-2"}' }, options)).toBe(400);
  expect(await posted({ headers: JSON_TYPE, body: '{}' }, { bodies: new BodyInspection({ policies: [() => 1 as unknown as boolean] }) })).toBe(400);
  await expect(posted({ headers: JSON_TYPE, body: '{}' }, { bodies: new BodyInspection({ policies: [() => { throw new Error('of the rule'); }] }) })).rejects.toThrow('of the rule');
  expect(rule).toHaveBeenCalledTimes(2);
});
