import { accessQuestion } from '../../../lambda/authorizer/access-question';
import { ClientCertificate } from '../../../lambda/authorizer/client-certificate';
import { certificate } from '../fixtures/certificates';
import { CedarDecisionPoint } from '../../../lambda/authorizer/cedar-decision-point';
import type { AuditRecord } from '../../../lib/contract/audit-record';
import { operationKey } from '../../../lib/contract/authorizer-configuration';
import { cedar } from '../../../lib/declaration/cedar/engine';
import { cedarSchema } from '../../../lib/declaration/cedar/schema';
import { CEDAR_MODULE, group, policed, policedConfiguration } from '../fixtures/access-policies';
import { accessToken, claimsOf, CONFIGURATION, decide, NOW, requestEvent, type Outcome, type Scenario } from '../fixtures/authorizer';
import { GatewayRequest } from '../../../lambda/authorizer/gateway-request';

const PERMIT = '@id("all") permit(principal, action, resource);';
const DELETE = { method: 'DELETE' };

function last({ records }: Outcome): AuditRecord {
  return records.at(-1)!;
}

async function status(policies: string, scenario: Scenario = {}): Promise<number> {
  return (await decide(policed(policies, scenario))).status;
}

/** A request for an account as a path on the wire, and as the gateway hands it over. */
function at(id: string | undefined, path = `/accounts/accounts/${id}`): Scenario {
  return { path, event: { pathParameters: id === undefined ? null : { id } } };
}

test('lets through what a policy permits, and nothing that none permits', async () => {
  const policies = '@id("read") permit(principal, action == Action::"getAccount", resource);';
  expect(await status(policies)).toBe(200);
  expect(await status(policies, DELETE)).toBe(403);
  expect(await status(PERMIT, DELETE)).toBe(200);
});

test('asks no policies where none are declared', async () => {
  const { result, status: answered, records } = await decide();
  expect(answered).toBe(200);
  expect(claimsOf(result?.context?.trustToken).tctx).not.toHaveProperty('policies');
  expect(records.at(-1)).not.toHaveProperty('policies');
});

test('refuses with a challenge that names no policy, and records which ones decided', async () => {
  const outcome = await decide(policed(`${PERMIT} @id("closed-books") forbid(principal, action in Action::"DELETE", resource);`, DELETE));
  expect(outcome.status).toBe(403);
  expect(outcome.result?.context).toMatchObject({ challenge: 'Bearer error="insufficient_scope"', refusal: 'policy_denied' });
  expect(JSON.stringify(outcome.result)).not.toContain('closed-books');
  expect(last(outcome)).toMatchObject({ outcome: 'refused', reason: 'policy_denied', operation: 'closeAccount', client: 'web-app', policies: ['closed-books'] });
});

test('carries the permitting policies and their obligations in the trust token', async () => {
  const outcome = await decide(policed(`
    @id("read") @obligation("mask-balances notify-owner") permit(principal, action in Action::"GET", resource);
    @id("own") @obligation("mask-balances") permit(principal == Client::"web-app", action, resource);
    @id("others") @obligation("never") permit(principal == Client::"acme-system", action, resource);`));
  expect(claimsOf(outcome.result?.context?.trustToken).tctx).toMatchObject({ policies: ['own', 'read'], obligations: ['mask-balances', 'notify-owner'] });
  expect(last(outcome)).toMatchObject({ outcome: 'allowed', policies: ['own', 'read'] });
});

test('names at most eight policies in a trust token, and every obligation', async () => {
  const many = Array.from({ length: 16 }, (_, index) => `@id("p${String.fromCharCode(97 + index)}") @obligation("o${index}") permit(principal, action, resource);`).join('\n');
  const outcome = await decide(policed(many));
  const { policies, obligations } = claimsOf(outcome.result?.context?.trustToken).tctx as { policies: string[]; obligations: string[] };
  expect(policies).toEqual(['pa', 'pb', 'pc', 'pd', 'pe', 'pf', 'pg', 'ph']);
  expect(obligations).toHaveLength(16);
  expect(last(outcome).policies).toHaveLength(16);
});

test.each<[string, string, Scenario, Scenario]>([
  ['client', 'principal == Client::"web-app"', {}, { token: accessToken({ client_id: 'acme-system', sub: 'acme-system' }) }],
  ['consumer', 'principal in Consumer::"Web"', {}, { token: accessToken({ client_id: 'acme-system', sub: 'acme-system' }) }],
  ['client type', 'principal in ClientType::"browser"', {}, { token: accessToken({ client_id: 'acme-system', sub: 'acme-system' }) }],
  ['security domain', 'principal in SecurityDomain::"public"', {}, { configuration: { securityDomain: 'partner' } }],
  ['method', 'action in Action::"GET"', {}, DELETE],
  ['API service', 'resource == ApiService::"accounts"', {}, { configuration: { operations: { [operationKey('accounts', 'GET', '/accounts/{id}')]: { ...policedConfiguration(PERMIT).operations['accounts GET /accounts/{id}']!, service: 'other' } } } }],
  ['path parameter', 'context.path has id && context.path.id like "4*"', {}, at('52')],
  ['subject', 'context.subject == "user-1"', {}, { token: accessToken({ sub: 'user-2' }) }],
  ['scope', 'context.scopes.contains("profile")', {}, { token: accessToken({ scope: 'accounts.read' }) }],
  ['method of authentication', 'context.amr.contains("otp")', { token: accessToken({ amr: ['pwd', 'otp'] }) }, {}],
  ['level of authentication', 'context has acr && context.acr == "high"', { token: accessToken({ acr: 'high' }) }, {}],
  ['age of authentication', 'context has authAge && context.authAge <= 300', { token: accessToken({ auth_time: NOW - 300 }) }, { token: accessToken({ auth_time: NOW - 301 }) }],
  ['environment', 'context.environment == "Test"', {}, { configuration: { environment: 'Production' } }],
  ['address', 'context.ip.isInRange(ip("198.51.100.0/24"))', {}, { sourceIp: '203.0.113.9' }],
  ['IPv6 address', 'context.ip.isInRange(ip("2001:db8::/32"))', { sourceIp: '2001:db8::7' }, { sourceIp: '2001:db9::7' }],
])('decides by the %s', async (_thing, condition, sound, flawed) => {
  const policies = `@id("only") permit(principal, action, resource) when { ${condition} };`;
  expect(await status(policies, sound)).toBe(200);
  expect(await status(policies, flawed)).toBe(403);
});

test('decides by the certificate', async () => {
  const { pem } = await certificate();
  const policies = `@id("only") permit(principal, action, resource) when { context has certificate && context.certificate == "${new ClientCertificate(pem).thumbprint}" };`;
  expect(await status(policies, { certificate: pem })).toBe(200);
  expect(await status(policies, { certificate: (await certificate()).pem })).toBe(403);
  expect(await status(policies)).toBe(403);
});

test('answers 500 where an operation has policies and nothing evaluates them', async () => {
  expect(await status(PERMIT, { dependencies: { policies: undefined } })).toBe(500);
});

test('answers 500 where an operation of a service with policies was deployed without them', async () => {
  const operations = Object.fromEntries(Object.entries(policedConfiguration(PERMIT).operations).map(([key, { access: _, ...operation }]) => [key, operation]));
  expect(await status(PERMIT, { configuration: { operations } })).toBe(500);
  expect(await status(PERMIT, { configuration: { operations, accessPolicies: undefined } })).toBe(200);
});

describe('attacks', () => {
  test('denies where a forbid fails, which Cedar itself leaves out', async () => {
    // Valid against the schema, and still failing: the sum leaves the range of its type.
    const policies = `${PERMIT} @id("stale") forbid(principal, action, resource) when { context has authAge && context.authAge + 9223372036854775000 > 9223372036854775001 };`;
    const overflow = { token: accessToken({ auth_time: NOW - 100_000 }) };
    const configuration = policedConfiguration(policies);
    const { policy } = configuration.accessPolicies!.accounts!.stale!;
    const engine = cedar() as unknown as { isAuthorized(call: object): { response: { decision: string } } };
    const question = { principal: { type: 'Client', id: 'web-app' }, action: { type: 'Action', id: 'getAccount' }, resource: { type: 'ApiService', id: 'accounts' }, context: { authAge: 100_000 }, entities: [] };
    expect(engine.isAuthorized({ ...question, policies: { staticPolicies: { stale: policy, all: 'permit(principal, action, resource);' } } }).response.decision).toBe('allow');
    const outcome = await decide(policed(policies, overflow));
    expect(outcome.status).toBe(403);
    expect(last(outcome)).toMatchObject({ reason: 'policy_denied', detail: 'evaluation failed in stale' });
    expect(await status(policies, { token: accessToken({ auth_time: NOW }) })).toBe(200);
  });

  test.each(['42" || true || "', '42"}; permit(principal,action,resource); //', '42\\', "42'", '42\u200b', '４２', '42*', 'Client::"web-app"', '{"__entity":{"type":"Client","id":"web-app"}}', '{"__extn":{"fn":"ip","arg":"10.0.0.1"}}'])('takes the path parameter %j for nothing but a text', async (id) => {
    expect(await status('@id("mine") permit(principal, action, resource) when { context.path has id && context.path.id == "42" };', at(encodeURIComponent(id)))).toBe(403);
  });

  test.each(['web-app"', 'web-app" || true || "', 'WEB-APP', 'web-app\u200b', 'wеb-app', 'Client::"web-app"', 'web-app\u0000'])('takes the client id %j for no other', async (id) => {
    const clients = { ...CONFIGURATION.clients, [id]: { ...CONFIGURATION.clients['web-app']!, consumer: id } };
    const policies = '@id("only") permit(principal == Client::"web-app", action, resource);';
    expect(await status(policies, { token: accessToken({ client_id: id }), configuration: { clients } })).toBe(403);
  });

  test('confuses no client with a consumer, a type or a domain of the same name', async () => {
    const impostor = { ...CONFIGURATION.clients['web-app']!, consumer: 'rogue', type: 'system' };
    for (const [id, policies] of [['Web', 'principal in Consumer::"Web"'], ['browser', 'principal in ClientType::"browser"'], ['partner', 'principal in SecurityDomain::"partner"']] as const) {
      const scenario = { token: accessToken({ client_id: id, sub: id }), configuration: { clients: { [id]: impostor } } };
      expect(await status(`@id("p") permit(principal, action, resource) when { ${policies} };`, scenario)).toBe(403);
    }
  });

  test.each(['sub', 'scope', 'acr'])('lets no %s pass for an entity or an address', async (claim) => {
    const forged = '{"__entity":{"type":"Client","id":"x"}}';
    expect(await status('@id("p") permit(principal, action, resource) when { context.subject == "user-1" };', { token: accessToken({ [claim]: claim === 'scope' ? `accounts.read ${forged}` : forged }) })).toBe(claim === 'sub' ? 403 : 200);
  });

  test.each<[title: string, id: string | undefined, path?: string]>([
    ['encoded twice', '%2542'], ['decoded already by somebody', '%34', '/accounts/accounts/%2534'], ['half encoded', '4%'], ['not UTF-8', '%ff'], ['overlong', '%c0%af'],
    ['a slash', '4%2f2'], ['a backslash', '4%5c2'], ['a line feed', '4%0a2'], ['a null', '42%00'], ['cut short by servers with path parameters', '42;v=1'], ['cut short once decoded', '42%3bv=1'], ['followed by a query', '42%3fv=1'], ['followed by a fragment', '42%23v'], ['the folder itself', '.'], ['the folder above', '%2e%2e'], ['nothing', ''], ['missing', undefined],
  ])('refuses a path parameter that is %s, even where everything is permitted', async (_title, id, path = `/accounts/accounts/${id}`) => {
    expect(await status(PERMIT, at('%34%32'))).toBe(200);
    const outcome = await decide(policed(PERMIT, at(id, path)));
    expect(outcome.status).toBe(403);
    expect(last(outcome)).toMatchObject({ reason: 'policy_denied', detail: 'path parameter that is ambiguous or missing' });
  });

  test.each(['42', '%34%32', '%342', '4%32'])('judges %s as the account 42, however it is encoded', async (id) => {
    expect(await status(`${PERMIT} @id("blocked") forbid(principal, action, resource) when { context.path has id && context.path.id == "42" };`, at(id))).toBe(403);
    expect(await status(`${PERMIT} @id("blocked") forbid(principal, action, resource) when { context.path has id && context.path.id == "43" };`, at(id))).toBe(200);
  });

  test('takes no authentication that is yet to come for a recent one', async () => {
    const policies = '@id("recent") permit(principal, action, resource) when { context has authAge && context.authAge <= 300 };';
    expect(await status(policies, { token: accessToken({ auth_time: NOW + 5 }) })).toBe(200);
    expect(await status(policies, { token: accessToken({ auth_time: NOW + 6 }) })).toBe(403);
  });

  test('takes no member of every object for a path parameter', async () => {
    const configuration = policedConfiguration(PERMIT);
    const operations = Object.fromEntries(Object.entries(configuration.operations).map(([key, operation]) => [key, { ...operation, access: { ...operation.access!, pathParameters: { constructor: 'id' } } }]));
    expect(await status(PERMIT, { configuration: { operations } })).toBe(403);
  });

  test('reads operation names exactly', async () => {
    for (const id of ['GETACCOUNT', 'getaccount', 'getAccount ']) {
      const configuration = policedConfiguration('@id("read") permit(principal, action == Action::"getAccount", resource);');
      const operations = Object.fromEntries(Object.entries(configuration.operations).map(([key, operation]) => [key, { ...operation, id }]));
      expect(await status('@id("read") permit(principal, action == Action::"getAccount", resource);', { configuration: { operations } })).toBe(403);
    }
  });

  test('decides over the largest context that a request can carry', async () => {
    const wildcards = '@id("p") permit(principal, action, resource) when { context has acr && context.acr like "*a*a*a*a*a*a*b" };';
    expect(await status(wildcards, { token: accessToken({ acr: 'a'.repeat(250) }) })).toBe(403);
    expect(await status(PERMIT, { token: accessToken({ scope: `accounts.read ${Array.from({ length: 60 }, (_, index) => `s${index}`).join(' ')}`, amr: Array.from({ length: 8 }, (_, index) => `m${index}`) }) })).toBe(200);
    expect(await status(PERMIT, at('x'.repeat(8000)))).toBe(200);
  });

  test.each(['sub', 'acr', 'scope'])('refuses a token with half a character in its %s before the engine sees it', async (claim) => {
    const outcome = await decide(policed(PERMIT, { token: accessToken({ [claim]: 'accounts.read \ud800' }) }));
    expect(outcome.status).toBe(401);
    expect(last(outcome)).toMatchObject({ reason: 'token_malformed' });
  });

  test('denies an address that is none where a policy looks at it', async () => {
    const outcome = await decide(policed(`${PERMIT} @id("loop") forbid(principal, action, resource) when { context.ip.isLoopback() };`, { sourceIp: 'test-invoke-source-ip' }));
    expect(last(outcome)).toMatchObject({ reason: 'policy_denied', detail: 'the request could not be evaluated' });
  });
});

describe('the engine', () => {
  const { accessPolicies } = policedConfiguration('@id("all") permit(principal, action, resource) when { context.subject != "mallory" };');
  const question = { service: 'accounts', policies: ['all'], principal: { type: 'Client', id: 'a' }, action: { type: 'Action', id: 'b' }, resource: { type: 'ApiService', id: 'c' }, context: { environment: '', ip: { __extn: { fn: 'ip', arg: '::1' } }, subject: '', scopes: [], amr: [], path: {} }, entities: [] } as const;

  test('does not start with policies that cannot be parsed', () => {
    expect(() => new CedarDecisionPoint({ accounts: { broken: { policy: { effect: 'permit' } } } }, CEDAR_MODULE)).toThrow('access policies of accounts cannot be parsed');
    expect(() => new CedarDecisionPoint(accessPolicies!, '/nowhere/cedar.js')).toThrow();
  });

  test('denies a text that is no Unicode, and serves the next request', () => {
    const point = new CedarDecisionPoint(accessPolicies!, CEDAR_MODULE);
    expect(point.decide({ ...question, context: { ...question.context, subject: '\ud800' } })).toMatchObject({ allowed: false, fault: 'the request could not be evaluated' });
    expect(point.decide(question)).toMatchObject({ allowed: true });
  });

  test.each([Error, (globalThis as unknown as { WebAssembly: { RuntimeError: ErrorConstructor } }).WebAssembly.RuntimeError])('starts anew after a trap or an error: %p', (Thrown) => {
    const point = new CedarDecisionPoint(accessPolicies!, CEDAR_MODULE);
    Object.assign(point, { engine: { preparsePolicySet: () => ({ type: 'success' }), statefulIsAuthorized: () => { throw new Thrown('unreachable'); } } });
    expect(point.decide(question).allowed).toBe(false);
    expect(point.decide(question).allowed).toBe(true);
  });

  test('asks of a policy that is missing in its deployment nothing but a denial', () => {
    expect(new CedarDecisionPoint(accessPolicies!, CEDAR_MODULE).decide({ ...question, policies: ['all', 'gone'] })).toMatchObject({ allowed: false });
  });
});

test('asks questions that are valid by the schema that policies were checked against', () => {
  const { operations } = policedConfiguration(PERMIT);
  const [service] = group(PERMIT).services;
  for (const operation of Object.values(operations)) {
    const request = new GatewayRequest({ ...requestEvent(), pathParameters: { 'id': '42', 'account-id': '7' } });
    const token = { subject: 'u', clientId: 'web-app', scopes: new Set(['a']), expiresAt: NOW, acr: 'high', amr: ['otp'], authTime: NOW };
    const { service: _, ...asked } = accessQuestion({ request: Object.assign(request, { method: operation.id === 'getAccount' ? 'GET' : operation.id === 'transfer' ? 'POST' : 'DELETE' }), operation, client: CONFIGURATION.clients['web-app']!, token, scopes: [] }, operation.access!, CONFIGURATION, NOW)!;
    const { policies: ids, ...call } = asked;
    expect(ids).toEqual(['all']);
    const engine = cedar() as unknown as { isAuthorized(call: object): { type: string; response?: { decision: string } } };
    expect(engine.isAuthorized({ ...call, schema: cedarSchema(service!), validateRequest: true, policies: { staticPolicies: { all: PERMIT } } })).toMatchObject({ type: 'success', response: { decision: 'allow' } });
    expect(engine.isAuthorized({ ...call, context: { ...call.context, path: {} }, schema: cedarSchema(service!), validateRequest: true, policies: { staticPolicies: { all: PERMIT } } }).type).toBe('failure');
  }
});
