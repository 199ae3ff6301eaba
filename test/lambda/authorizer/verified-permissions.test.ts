import { policyStores, VerifiedPermissions } from '../../../lambda/authorizer/verified-permissions';
import type { AccessQuestion } from '../../../lambda/authorizer/access-question';
import { policyStoreContent } from '../../../lib/declaration/cedar/policy-store';
import { PolicyStore } from '../../../local/peer/policy-store';
import { type Answer, VerifiedPermissionsServer } from '../../fixtures/verified-permissions-server';
import { group, policedConfiguration } from '../fixtures/access-policies';
import { accessToken, claimsOf, decide, NOW, type Outcome, type Scenario } from '../fixtures/authorizer';

const ARN = 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:signing-AbCdEf';
const POLICIES = `
  @id("read") @obligation("mask") permit(principal, action in Action::"GET", resource);
  @id("own") permit(principal == Client::"web-app", action == Action::"getAccount", resource) when { context.scopes.contains("accounts.read") };
  @id("suspense") forbid(principal, action, resource) when { context.path has id && context.path.id like "9*" };
  @id("stale") forbid(principal, action, resource) when { context has authAge && context.authAge + 9223372036854775000 > 9223372036854775001 };`;
const server = new VerifiedPermissionsServer();
const failures: string[] = [];
let environment: { readonly [variable: string]: string };
let now = 0;

/** The store of the API of these tests, with ids as the service chooses them. */
function store(policies = POLICIES, ids = (index: number) => `P${index}`): PolicyStore {
  const declared = group(policies);
  const content = policyStoreContent(declared, declared.services[0]!);
  const filled = new PolicyStore(content.schema as ConstructorParameters<typeof PolicyStore>[0]);
  content.policies.forEach(({ description, statement }, index) => filled.add({ id: ids(index), description, statement }));
  return filled;
}

function point(policies = POLICIES): VerifiedPermissions {
  const { accessPolicies } = policedConfiguration(policies);
  return new VerifiedPermissions({ policies: accessPolicies!, stores: { accounts: 'PS1' }, arn: ARN, environment, clock: () => now, onFailure: ({ message }) => failures.push(message) });
}

function asked(scenario: Scenario = {}, policies = new Map<string, VerifiedPermissions>([['', point()]])): Promise<Outcome> {
  return decide({ ...scenario, configuration: { ...policedConfiguration(POLICIES), ...scenario.configuration }, dependencies: { policies: policies.get(''), ...scenario.dependencies } });
}

const NINE: Scenario = { path: '/accounts/accounts/99', event: { pathParameters: { id: '99' } } };
const answer = (body: object) => ({ status: 200, body });
const fault = (type: string, status = 400) => ({ status, body: { __type: `com.amazonaws.verifiedpermissions#${type}`, message: 'of the service' } });

beforeAll(async () => {
  environment = await server.start({ PS1: store() });
});
beforeEach(() => {
  server.reset();
  failures.length = 0;
  now = Date.now();
});
afterAll(() => server.stop());

test('lets through what the store permits, with the names and obligations that policies were declared with', async () => {
  const outcome = await asked();
  expect(outcome.status).toBe(200);
  expect(claimsOf(outcome.result?.context?.trustToken).tctx).toMatchObject({ policies: ['own', 'read'], obligations: ['mask'] });
  expect(outcome.records.at(-1)).toMatchObject({ outcome: 'allowed', policies: ['own', 'read'] });
});

test('refuses what the store forbids or nothing in it permits', async () => {
  const forbidden = await asked(NINE);
  expect(forbidden.status).toBe(403);
  expect(forbidden.records.at(-1)).toMatchObject({ reason: 'policy_denied', policies: ['suspense'] });
  const unpermitted = await asked({ method: 'DELETE' });
  expect(unpermitted.records.at(-1)).toMatchObject({ reason: 'policy_denied', policies: [] });
  expect(failures).toEqual([]);
});

test('asks a signed question of typed values under the namespace of the store', async () => {
  await asked({ token: accessToken({ acr: 'high', amr: ['otp'], auth_time: NOW }) });
  const [request] = server.requests;
  expect(request?.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=a\/\d{8}\/ap-southeast-2\/verifiedpermissions\/aws4_request/);
  expect(request?.input).toEqual({
    policyStoreId: 'PS1',
    principal: { entityType: 'ApiSecurity::Client', entityId: 'web-app' },
    action: { actionType: 'ApiSecurity::Action', actionId: 'getAccount' },
    resource: { entityType: 'ApiSecurity::ApiService', entityId: 'accounts' },
    context: { contextMap: expect.objectContaining({
      ip: { ipaddr: expect.any(String) }, scopes: { set: expect.arrayContaining([{ string: 'accounts.read' }]) }, amr: { set: [{ string: 'otp' }] }, acr: { string: 'high' }, authAge: { long: 0 }, path: { record: { id: { string: expect.any(String) } } },
    }) },
    entities: { entityList: [
      { identifier: { entityType: 'ApiSecurity::Client', entityId: 'web-app' }, parents: expect.arrayContaining([{ entityType: 'ApiSecurity::SecurityDomain', entityId: 'public' }]) },
      { identifier: { entityType: 'ApiSecurity::ApiService', entityId: 'accounts' }, parents: [{ entityType: 'ApiSecurity::ApiGroup', entityId: 'accounts' }] },
    ] },
  });
});

test('lists a store once, and not for a decision that no policy determined', async () => {
  const policies = new Map([['', point()]]);
  await asked({ method: 'DELETE' }, policies);
  expect(server.asked('ListPolicies')).toEqual([]);
  await asked({}, policies);
  await asked(NINE, policies);
  expect(server.asked('ListPolicies')).toEqual([{ policyStoreId: 'PS1', maxResults: 50 }]);
});

test('reads every page of a store', async () => {
  server.scripted.set('ListPolicies', [
    answer({ policies: [{ policyId: 'P0', definition: { static: { description: 'accounts/read mask' } } }], nextToken: 'more' }),
    answer({ policies: [{ policyId: 'P1', definition: { static: { description: 'accounts/own' } } }] }),
  ]);
  expect((await asked()).status).toBe(200);
  expect(server.asked('ListPolicies')).toEqual([{ policyStoreId: 'PS1', maxResults: 50 }, { policyStoreId: 'PS1', maxResults: 50, nextToken: 'more' }]);
});

describe('fails closed', () => {
  test.each<[string, Answer, string]>([
    ['is throttled', fault('ThrottlingException'), 'policy store: status 400, ThrottlingException'],
    ['may not ask', fault('AccessDeniedException'), 'policy store: status 400, AccessDeniedException'],
    ['finds no store', fault('ResourceNotFoundException'), 'policy store: status 400, ResourceNotFoundException'],
    ['meets a fault of the service', fault('InternalServerException', 500), 'policy store: status 500, InternalServerException'],
    ['is allowed by no policy', answer({ decision: 'ALLOW', determiningPolicies: [], errors: [] }), 'policy store: an answer that is none'],
    ['gets a decision that is none', answer({ decision: 'allow', determiningPolicies: [{ policyId: 'P0' }], errors: [] }), 'policy store: an answer that is none'],
    ['is not told about errors', answer({ decision: 'ALLOW', determiningPolicies: [{ policyId: 'P0' }] }), 'policy store: an answer that is none'],
    ['is not told a policy', answer({ decision: 'ALLOW', determiningPolicies: [{}], errors: [] }), 'policy store: an answer that is none'],
    ['gets no JSON object', { status: 200, body: [] }, 'policy store: an answer that is none'],
  ])('where it %s', async (_title, scripted, failure) => {
    server.scripted.set('IsAuthorized', [scripted]);
    const outcome = await asked();
    expect(outcome.status).toBe(500);
    expect(outcome.records.at(-1)).toMatchObject({ outcome: 'refused', reason: 'dependency_failed', detail: failure });
    expect(failures).toEqual([failure]);
    expect(server.asked('IsAuthorized')).toHaveLength(1);
  });

  test('where nothing answers twice, and serves where the second attempt does', async () => {
    server.scripted.set('IsAuthorized', ['hangUp']);
    expect((await asked()).status).toBe(200);
    server.scripted.set('IsAuthorized', ['hangUp', 'hangUp']);
    expect((await asked()).status).toBe(500);
    expect(failures).toEqual(['policy store: ECONNRESET']);
  });

  test('where the answer is late', async () => {
    server.scripted.set('IsAuthorized', ['silent', 'silent']);
    expect((await asked()).status).toBe(500);
    expect(failures).toEqual([expect.stringMatching(/^policy store: (ABORT_ERR|AbortError|TimeoutError)$/)]);
  });

  test('where a policy cannot be evaluated, though another allows', async () => {
    const overflow = await asked({ token: accessToken({ auth_time: NOW - 100_000 }) });
    expect(overflow.status).toBe(403);
    expect(overflow.records.at(-1)).toMatchObject({ reason: 'policy_denied', detail: 'evaluation failed in the policy store' });
    server.scripted.set('IsAuthorized', [answer({ decision: 'ALLOW', determiningPolicies: [{ policyId: 'P0' }], errors: [{ errorDescription: 'Client::"web-app"' }] })]);
    const outcome = await asked();
    expect(outcome.status).toBe(403);
    expect(JSON.stringify(outcome.records)).not.toContain('Client::');
  });

  test.each<[string, string[]]>([['cannot apply to the operation', ['P9']], ['is of another service', ['P8']], ['the store does not list', ['PX']]])('where a policy decides that %s', async (_title, ids) => {
    server.scripted.set('IsAuthorized', [answer({ decision: 'ALLOW', determiningPolicies: ids.map((policyId) => ({ policyId })), errors: [] })]);
    server.scripted.set('ListPolicies', [answer({ policies: [['P0', 'accounts/read mask'], ['P8', 'payments/read'], ['P9', 'accounts/planted']].map(([policyId, description]) => ({ policyId, definition: { static: { description } } })) })]);
    const outcome = await asked();
    expect(outcome.status).toBe(403);
    expect(outcome.records.at(-1)).toMatchObject({ reason: 'policy_denied', detail: 'a policy decided that was not deployed with the authorizer' });
  });

  test('where the store cannot be listed, and lists it again for the next request', async () => {
    const policies = new Map([['', point()]]);
    server.scripted.set('ListPolicies', [fault('ThrottlingException')]);
    expect((await asked({}, policies)).status).toBe(500);
    expect((await asked({}, policies)).status).toBe(200);
  });

  test('where no request can be made of what the caller sent', async () => {
    const outcome = await asked({ sourceIp: 'test-invoke-source-ip' });
    expect(outcome.status).toBe(403);
    expect(outcome.records.at(-1)).toMatchObject({ reason: 'policy_denied', detail: 'the request could not be evaluated' });
  });

  test('where a service has no store', async () => {
    await expect(point().decide({ service: 'constructor' } as AccessQuestion)).rejects.toThrow('policy store: none for constructor');
  });
});

test('gives nothing for a permit that it was not deployed with, and takes nothing from one that it was', async () => {
  const listed = answer({ policies: [['P0', 'accounts/read mask'], ['P9', 'accounts/planted']].map(([policyId, description]) => ({ policyId, definition: { static: { description } } })) });
  const decides = (decision: string, ...ids: string[]) => answer({ decision, determiningPolicies: ids.map((policyId) => ({ policyId })), errors: [] });
  server.scripted.set('ListPolicies', [listed, listed]);
  server.scripted.set('IsAuthorized', [decides('ALLOW', 'P0', 'P9'), decides('DENY', 'P0', 'P9')]);
  const allowed = await asked();
  expect(allowed.status).toBe(200);
  expect(claimsOf(allowed.result?.context?.trustToken).tctx).toMatchObject({ policies: ['read'], obligations: ['mask'] });
  expect((await asked()).records.at(-1)).toMatchObject({ reason: 'policy_denied', detail: 'a policy decided that was not deployed with the authorizer' });
});

// While a deployment is under way the new policies decide already, and the authorizer is the old one.
test.each([['more', 'accounts/read mask redact'], ['others', 'accounts/read redact'], ['none', 'accounts/read']])('lets nothing through by a permit that was changed to ask %s of the service', async (_title, description) => {
  server.scripted.set('IsAuthorized', [answer({ decision: 'ALLOW', determiningPolicies: [{ policyId: 'P0' }], errors: [] })]);
  server.scripted.set('ListPolicies', [answer({ policies: [{ policyId: 'P0', definition: { static: { description } } }] })]);
  const outcome = await asked();
  expect([outcome.status, outcome.records.at(-1)?.reason]).toEqual([403, 'policy_denied']);
});

test('learns of a policy that a deployment has replaced, five seconds after it listed the store', async () => {
  const policies = new Map([['', point()]]);
  server.scripted.set('ListPolicies', [answer({ policies: [] })]);
  expect((await asked({}, policies)).status).toBe(403);
  expect((await asked({}, policies)).status).toBe(403);
  now += 5000;
  expect((await asked({}, policies)).status).toBe(200);
});

test('starts only where each service with policies has a store', () => {
  expect(policyStores('{"accounts":"PS1"}', { accounts: {} })).toEqual({ accounts: 'PS1' });
  for (const text of ['{}', '[]', 'null', '{"accounts":""}', '{"accounts":1}']) expect(() => policyStores(text, { accounts: {} })).toThrow('the policy store of accounts is missing');
});
