import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalClient, type TokenRequest } from '../../local/client';
import type { Reply } from '../../local/exchange';
import type { TokenVariant } from '../../local/peer/identity-provider-settings';
import { startLocalGateway, type LocalGateway, type LocalGatewayOptions } from '../../local/start';
import { fixtureAssembly, type FixtureAssembly } from './fixture-assembly';

let fixture: FixtureAssembly;
let gateway: LocalGateway;
let client: LocalClient;
let table = '';
const out = `${__dirname}/../../out/test-local-start`;
const options = (more: Partial<LocalGatewayOptions> = {}): LocalGatewayOptions => ({ app: fixture.app, environment: 'Test', out, log: (text) => { table = text; }, ...more });

beforeAll(async () => {
  fixture = await fixtureAssembly();
  gateway = await startLocalGateway(options({ sourceAddresses: { '127.0.0.2': '203.0.113.7' } }));
  client = new LocalClient(gateway.endpoints);
});
afterAll(async () => {
  await gateway.close();
  fixture.remove();
  rmSync(out, { recursive: true, force: true });
});

const customer = '/bank/accounts/customers/42';
interface Echo { readonly service: string; readonly path: string; readonly body: string; readonly headers: { readonly [name: string]: string }; readonly trustToken: { readonly rctx: object } }
const echo = (body: string): Echo => JSON.parse(body) as Echo;
const certificateOf = (id: string): { certificateFile: string; keyFile: string } => gateway.endpoints.domains.partner!.clients[id]!.certificate!;

describe('every client type', () => {
  test.each(['web', 'phone', 'portal'])('%s is authorized by an authorization code with PKCE, and the service gets its trust token', async (id) => {
    const token = await client.token({ domain: 'public', client: id });
    const reply = await client.send('public', { path: `${customer}?view=full`, token, localAddress: '127.0.0.2' });
    expect(reply).toMatchObject({ status: 200, tlsVersion: 'TLSv1.3' });
    expect(echo(reply.body)).toMatchObject({ service: 'accounts', path: '/v1/customers/42?view=full', trustToken: { sub: 'local-user', scope: 'accounts:read', rctx: { client_id: id, req_ip: '203.0.113.7' } } });
  });

  test.each([['acme-system', 'CN=acme,O=Acme Pty Ltd,C=AU'], ['globex-system', 'CN=globex-system']])('%s is authorized by client credentials bound to its certificate', async (id) => {
    const token = await client.token({ domain: 'partner', client: id });
    const reply = await client.send('partner', { path: '/accounts/customers/42', token, certificate: certificateOf(id) });
    expect(reply.status).toBe(200);
    expect(echo(reply.body).trustToken.rctx).toMatchObject({ client_id: id, 'x5t#S256': expect.any(String) as string });
    expect((JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { cnf: object }).cnf).toHaveProperty('x5t#S256');
  });

  test('globex-brokers is trusted with users whom the gateway has not seen, and the service is told so', async () => {
    const token = await client.token({ domain: 'partner', client: 'globex-brokers' });
    const reply = await client.send('partner', { path: '/accounts/customers/42', token, certificate: certificateOf('globex-brokers') });
    expect(reply.status).toBe(200);
    expect(echo(reply.body).trustToken).toMatchObject({ sub: 'globex-brokers', rctx: { subject_type: 'client', implicit_trust: true, authn: 'urn:ietf:rfc:8705' } });
    expect((await client.send('partner', { path: '/accounts/customers/42', token, certificate: certificateOf('globex-system') })).status).toBe(403);
  });

  test('a system reaches a Lambda service of the internal domain', async () => {
    const token = await client.token({ domain: 'internal', client: 'reports' });
    const reply = await client.send('internal', { path: '/ledger/entries', token });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toMatchObject({ path: '/ledger/entries', body: null, authorizer: { consumer: 'Reports', trustToken: expect.stringMatching(/^ey/) as string } });
  });
});

describe('an operation that asks how its user was authenticated (RFC 9470)', () => {
  const change = async (wanted: Partial<TokenRequest>): Promise<Reply> =>
    client.send('public', { method: 'PATCH', path: customer, token: await client.token({ domain: 'public', client: 'web', ...wanted }) });

  test('challenges a password, and is done for the client that asks its issuer for what the challenge names', async () => {
    const refused = await change({});
    expect(refused.status).toBe(403);
    expect(refused.headers['www-authenticate']).toBe('Bearer error="insufficient_user_authentication", error_description="The user must authenticate with hwk", acr_values="urn:test:mfa", max_age="300"');
    const reply = await change({ acrValues: /acr_values="([^"]*)"/.exec(refused.headers['www-authenticate']!)![1] });
    expect(reply.status).toBe(200);
    expect(echo(reply.body).trustToken.rctx).toMatchObject({ acr: 'urn:test:mfa', amr: ['pwd', 'hwk', 'mfa', 'otp'], auth_time: expect.any(Number) as number, subject_type: 'user' });
  });

  test.each([['another class', { acrValues: 'urn:test:other' }], ['a login of an hour ago', { acrValues: 'urn:test:mfa', variant: 'old-login' as const }]])('refuses %s', async (_title, wanted) => {
    expect((await change(wanted)).headers['www-authenticate']).toMatch(/^Bearer error="insufficient_user_authentication"/);
  });
});

// RFC 9068
test('issues access tokens of the exact issuer, type, algorithm and audience of the environment', async () => {
  const [head, payload] = (await client.token({ domain: 'public', client: 'web' })).split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as { [name: string]: unknown });
  expect(head).toMatchObject({ typ: 'at+jwt', alg: 'PS256' });
  expect(payload).toMatchObject({ iss: 'https://idp.test.example/realm', aud: 'https://public.test.example', client_id: 'web', scope: 'accounts:read accounts:write ledger:read' });
  expect(Number(payload!.exp) - Number(payload!.iat)).toBe(300);
});

describe('a wrong token', () => {
  test.each<TokenVariant>(['expired', 'not-yet-valid', 'long-lived', 'wrong-audience'])('that is %s is refused with 401 and a challenge', async (variant) => {
    const reply = await client.send('public', { path: customer, token: await client.token({ domain: 'public', client: 'web', variant }) });
    expect(reply).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer', 'content-type': 'application/problem+json' } });
  });

  test('of another issuer is refused', async () => {
    expect(await client.send('public', { path: customer, token: await client.token({ domain: 'public', client: 'web', foreign: true }) })).toMatchObject({ status: 401 });
  });

  test('without the scope of the operation is refused with 403', async () => {
    expect(await client.send('public', { path: customer, token: await client.token({ domain: 'public', client: 'web', scopes: ['accounts:write'] }) })).toMatchObject({ status: 403 });
  });

  test('bound to the certificate of another client is refused', async () => {
    const token = await client.token({ domain: 'partner', client: 'acme-system' });
    expect(await client.send('partner', { path: '/accounts/customers/42', token, certificate: certificateOf('globex-system') })).toMatchObject({ status: 403 });
  });

  test('that is missing is refused with 401', async () => {
    expect(await client.send('public', { path: customer })).toMatchObject({ status: 401 });
  });
});

describe('an opaque token', () => {
  test('is introspected, and refused as soon as its client revoked it', async () => {
    const token = await client.token({ domain: 'public', client: 'web', variant: 'opaque' });
    expect(token).toMatch(/^[\w-]+$/);
    const reply = await client.send('public', { path: customer, token });
    expect(echo(reply.body).trustToken).toMatchObject({ sub: 'local-user', scope: 'accounts:read', rctx: { client_id: 'web', acr: 'urn:local:password' } });
    await client.revoke({ domain: 'public', client: 'web' }, token);
    expect(await client.send('public', { path: customer, token })).toMatchObject({ status: 401 });
  });

  test('of a system is bound to its certificate', async () => {
    const token = await client.token({ domain: 'partner', client: 'acme-system', variant: 'opaque' });
    const send = async (certificate: string): Promise<number> => (await client.send('partner', { path: '/accounts/customers/42', token, certificate: certificateOf(certificate) })).status;
    expect([await send('acme-system'), await send('globex-system')]).toEqual([200, 403]);
  });

  test('for another domain, of another issuer, or of nobody is refused', async () => {
    const internal = await client.token({ domain: 'internal', client: 'reports', variant: 'opaque' });
    const foreign = await client.token({ domain: 'public', client: 'web', variant: 'opaque', foreign: true });
    for (const token of [internal, foreign, 'bm9ib2R5']) expect(await client.send('public', { path: customer, token })).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
  });
});

describe('the TLS front', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
  test('accepts TLS 1.3 only where the security policy says so', async () => {
    await expect(client.send('public', { path: customer, maxTlsVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/i);
    expect(await client.send('internal', { path: '/ledger/entries', maxTlsVersion: 'TLSv1.2' })).toMatchObject({ status: 401, tlsVersion: 'TLSv1.2' });
  });

  test('knows its own host name only', async () => {
    await expect(client.send('public', { path: customer, serverName: 'partner.test.example' })).rejects.toThrow();
    expect(await client.send('public', { path: customer, host: 'partner.test.example' })).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
  test('refuses a partner without a certificate, and answers 403 to one of an unknown authority', async () => {
    await expect(client.send('partner', { path: '/accounts/customers/1' })).rejects.toThrow();
    expect(await client.send('partner', { path: '/accounts/customers/1', certificate: gateway.endpoints.foreignCertificate })).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html ("You can use Lambda authorizers to perform additional checks")
  test('leaves a certificate of a known authority and no client to the authorizer', async () => {
    const token = await client.token({ domain: 'partner', client: 'acme-system' });
    expect(await client.send('partner', { path: '/accounts/customers/1', token, certificate: gateway.endpoints.unlistedCertificate })).toMatchObject({ status: 403, headers: { 'content-type': 'application/problem+json' } });
  });
});

describe('the routes', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
  test('go to the longest mapping, the rest to the catch-all, and nowhere without one', async () => {
    expect(JSON.parse((await client.send('public', { path: '/.well-known/jwks.json' })).body)).toMatchObject({ keys: [{ kty: 'EC', crv: 'P-256' }] });
    expect(await client.send('public', { path: '/bank/accountsx' })).toMatchObject({ status: 404, headers: { 'content-type': 'application/problem+json' } });
    expect(await client.send('internal', { path: '/other' })).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  });

  test('answer 404 below a mapping and 405 with Allow on a resource', async () => {
    expect(await client.send('public', { path: '/bank/accounts/customers' })).toMatchObject({ status: 404 });
    expect(await client.send('public', { path: customer, method: 'DELETE' })).toMatchObject({ status: 405, headers: { allow: 'GET, PATCH, POST' } });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
  test('validate parameters and bodies after the authorizer', async () => {
    const token = await client.token({ domain: 'public', client: 'web' });
    const post = async (body: string, headers: { [name: string]: string } = { 'x-request-purpose': 'test' }): Promise<number> =>
      (await client.send('public', { path: customer, method: 'POST', token, body, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } })).status;
    expect([await post('{"name":"Kim"}'), await post('{"name":"Kim","admin":true}'), await post('{"name":"Kim"}', {}), await post('{')]).toEqual([200, 400, 400, 400]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  test('refuse a body above 10 MB', async () => {
    expect(await client.send('internal', { path: '/ledger/entries', method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) })).toMatchObject({ status: 413 });
  });
});

test('refuses a trust token that the caller brings, at the web ACL', async () => {
  const token = await client.token({ domain: 'public', client: 'web' });
  expect(await client.send('public', { path: customer, token, headers: { 'Txn-Token': 'forged' } })).toMatchObject({ status: 403, headers: { 'cache-control': 'no-store' } });
});

test('goes on accepting tokens after a rotation of the signing key', async () => {
  const keys = async (): Promise<number> => (JSON.parse((await client.send('public', { path: '/.well-known/jwks.json' })).body) as { keys: object[] }).keys.length;
  const token = await client.token({ domain: 'public', client: 'web' });
  expect(await keys()).toBe(1);
  await gateway.rotateSecrets();
  expect((await client.send('public', { path: customer, token })).status).toBe(200);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
test('writes the access log in the format of the stage, one line whatever the caller sends', async () => {
  await client.send('public', { path: customer, headers: { 'user-agent': 'x","status":"200' } });
  const lines = readFileSync(gateway.endpoints.domains.public!.accessLogFile, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { [name: string]: string });
  expect(lines.at(-1)).toMatchObject({ status: '401', path: customer, resource: '/customers/{id}', agent: 'x","status":"200', waf: 'WAF_ALLOW' });
});

test('says what it serves, emulates and does not, in 80 columns', () => {
  expect(table.split('\n').every((line) => line.length <= 80)).toBe(true);
  for (const text of ['Local gateway of environment Test', 'api.test.example', 'TLSv1.3 or newer', 'mutual TLS', 'forged-trust-token', 'test/signing-key', 'accounts (echo)', 'AWSManagedRulesCommonRuleSet', 'VPC networking (1)', 'twin certificates']) {
    expect(table.replace(/\s+/g, ' ')).toContain(text);
  }
});

test('keeps keys readable by their owner only', () => {
  expect(statSync(certificateOf('acme-system').keyFile).mode & 0o777).toBe(0o600);
});

test('listens on loopback only', () => {
  const { port } = gateway.endpoints.domains.public!;
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = readFileSync('/proc/net/tcp', 'utf8').split('\n').filter((line) => line.includes(`:${hexadecimal} 00000000:0000 0A`));
  expect(listening.map((line) => line.trim().split(' ')[1])).toEqual([`0100007F:${hexadecimal}`]);
});

test('sends a service to the backend that stands in for it, on the ports that are asked for, and ends all its processes', async () => {
  const seen: string[] = [];
  const backend = createServer((request, response) => { seen.push(`${request.headers.host ?? ''} ${request.url ?? ''} ${typeof request.headers['txn-token']}`); response.end('{}'); }).listen(0, '127.0.0.1');
  await new Promise((resolve) => { backend.once('listening', resolve); });
  const url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  // Below the ports that systems give to whoever asks for any: those next to a free one may be somebody's.
  const portBase = 20_000 + (process.pid % 1000) * 10;
  const second = await startLocalGateway(options({ out: `${out}-second`, portBase, backends: { accounts: `${url}/base` } }));
  const other = new LocalClient(second.endpoints);
  const reply = await other.send('public', { path: customer, token: await other.token({ domain: 'public', client: 'web' }) });
  expect([reply.status, seen, second.endpoints.domains.public!.port]).toEqual([200, [`${url.slice(7)} /base/v1/customers/42 string`], portBase]);
  expect(table).toContain(`accounts -> ${url}`);
  await second.close();
  backend.close();
  rmSync(`${out}-second`, { recursive: true, force: true });
  const children = execFileSync('ps', ['--ppid', String(process.pid), '-o', 'args='], { encoding: 'utf8' });
  // The first gateway is still up: one identity provider, no backend of the second.
  expect(children.split('\n').filter((line) => line.includes('identity-provider'))).toHaveLength(1);
});

test('refuses a backend for a service that there is not', async () => {
  await expect(startLocalGateway(options({ out: `${out}-third`, backends: { payments: 'http://127.0.0.1:1' } })))
    .rejects.toThrow('LOCAL_BACKEND: a backend stands in for an HTTP service of the environment, got payments; write one of accounts');
  rmSync(`${out}-third`, { recursive: true, force: true });
});
