import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientCertificate } from '../../../lambda/authorizer/client-certificate';
import { newSigningKey } from '../../../lambda/key-rotation/key-pair';
import type { ClientPolicy } from '../../../lib/contract/authorizer-configuration';
import { STORED_AUTHORITIES_FILE } from '../../../lib/contract/stored-trust-store';
import { policyStoreContent } from '../../../lib/declaration/cedar/policy-store';
import { packagedFile } from '../../../lib/private/packaged-file';
import { cedarFiles } from '../../../lib/trust/access-policy-files';
import { revocationReaderFile } from '../../../lib/trust/revocation-policies';
import { group, policedConfiguration } from '../fixtures/access-policies';
import { PolicyStore } from '../../../local/peer/policy-store';
import { VerifiedPermissionsServer } from '../../fixtures/verified-permissions-server';
import { accessToken, CLAIMS, CONFIGURATION, INTROSPECTION, requestEvent } from '../fixtures/authorizer';
import { Bundle } from '../fixtures/bundle';
import { authority } from '../fixtures/certificates';
import { JWKS } from '../fixtures/issuer';
import { httpsServer, type LoopbackServer } from '../fixtures/loopback-server';
import { SecretsManagerServer } from '../fixtures/secrets-manager-server';

const ARN = 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:signing-AbCdEf';
const key = newSigningKey(0);
const secrets = new SecretsManagerServer();
const folder = mkdtempSync(join(tmpdir(), 'authorizer-'));
let issuer: LoopbackServer;
let bundle: Bundle;
let active: object;
let environment: Record<string, string>;

beforeAll(async () => {
  issuer = await httpsServer((request, response) => response.end(JSON.stringify(
    request.url === '/keys' ? JWKS : request.url === '/introspect' ? active : { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` },
  )));
  secrets.create(INTROSPECTION.secretName, 'client secret');
  writeFileSync(join(folder, 'ca.pem'), issuer.ca!);
  secrets.create(ARN, JSON.stringify(key));
  environment = {
    SIGNING_KEY_SECRET_ARN: ARN, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await secrets.start(), AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b',
  };
  const configuration = { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, issuer: issuer.url, introspection: { ...INTROSPECTION, endpoint: `${issuer.url}/introspect` } } };
  bundle = await Bundle.of('authorizer', { 'configuration.json': JSON.stringify(configuration) });
});
afterAll(async () => {
  bundle.remove();
  rmSync(folder, { recursive: true });
  await Promise.all([issuer.close(), secrets.stop()]);
});

function event(claims: object = {}) {
  const now = Math.floor(Date.now() / 1000);
  return requestEvent({ token: accessToken({ ...CLAIMS, iss: issuer.url, iat: now, exp: now + 60, ...claims }) });
}

test('discovers the keys, reads the secret and mints a trust token', async () => {
  const { result, lines } = await bundle.invoke(event(), environment);
  expect(result).toMatchObject({ principalId: 'user-1', context: { trustToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) } });
  expect(lines.filter(Boolean).map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toEqual(['requested', 'allowed']);
});

test('refuses by throwing what the gateway turns into 401', async () => {
  const { error, lines } = await bundle.invoke(event({ aud: 'https://api.bank.example' }), environment);
  expect(error).toBe('Unauthorized');
  expect(JSON.parse(lines[1]!)).toMatchObject({ outcome: 'refused', reason: 'audience_mismatch', Refusals: 1 });
});

test('introspects an opaque token with the secret that it reads', async () => {
  const now = Math.floor(Date.now() / 1000);
  active = { ...CLAIMS, active: true, token_type: 'Bearer', iss: issuer.url, iat: now, exp: now + 60 };
  const { result, lines } = await bundle.invoke(requestEvent({ token: 'b3BhcXVl' }), environment);
  expect(result).toMatchObject({ principalId: 'user-1', context: { trustToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) } });
  expect(lines.join('')).not.toContain('b3BhcXVl');
  active = { active: false };
  const refused = await bundle.invoke(requestEvent({ token: 'b3BhcXVl' }), environment);
  expect(refused.error).toBe('Unauthorized');
  expect(refused.lines.join('')).toContain('token_inactive');
});

test('fails closed on the placeholder of a key that was never rotated', async () => {
  secrets.create(ARN, 'to be rotated');
  const { error, lines } = await bundle.invoke(event(), environment);
  secrets.create(ARN, JSON.stringify(key));
  expect(error).toBe('The decision could not be made');
  expect(lines.map((line) => line && (JSON.parse(line) as { reason?: string }).reason)).toContain('dependency_failed');
});

test('loads the engine and decides by access policies that were deployed with it', async () => {
  const configuration = { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, issuer: issuer.url }, ...policedConfiguration('@id("read") permit(principal, action in Action::"GET", resource);') };
  const files = { 'configuration.json': JSON.stringify(configuration), ...cedarFiles() };
  const policed = await Bundle.of('authorizer', files);
  const reading = await policed.invoke(event(), environment);
  expect(JSON.parse(reading.lines[1]!)).toMatchObject({ outcome: 'allowed', policies: ['read'] });
  const closing = await policed.invoke({ ...event(), httpMethod: 'DELETE' }, environment);
  expect(JSON.parse(closing.lines[1]!)).toMatchObject({ outcome: 'refused', reason: 'policy_denied' });
  policed.remove();
});

test('refuses everything where policies were deployed without the engine', async () => {
  const configuration = { ...CONFIGURATION, ...policedConfiguration('@id("read") permit(principal, action, resource);') };
  const broken = await Bundle.of('authorizer', { 'configuration.json': JSON.stringify(configuration) });
  await expect(broken.invoke(event(), environment)).rejects.toThrow('decisions.js');
  broken.remove();
});

test('admits partners whose authorities are files while the stored trust store cannot be read, and nobody whom it judges', async () => {
  const own = await authority();
  const { pem } = await own.issue();
  const { thumbprint } = new ClientCertificate(pem);
  const client = (partner: string): ClientPolicy => ({ ...CONFIGURATION.clients['acme-system']!, partner, certificates: [{ sha256: Buffer.from(thumbprint, 'base64url').toString('hex') }] });
  const configuration = {
    ...CONFIGURATION, mutualTls: true, accessToken: { ...CONFIGURATION.accessToken, issuer: issuer.url },
    revocation: [{ partner: 'acme', authorities: [], privateAuthorities: true, lists: ['https://pki.acme.example/1.crl'], refreshSeconds: 300, usableThroughOutageSeconds: 3600 }],
    clients: { acme: client('acme'), globex: { ...client('globex'), certificates: [{ subject: 'CN=acme', issuers: [own.pem] }], notRevocable: true } },
  };
  const mutual = await Bundle.of('authorizer', { 'configuration.json': JSON.stringify(configuration), ...revocationReaderFile(), [STORED_AUTHORITIES_FILE]: readFileSync(packagedFile(`handlers/authorizer/${STORED_AUTHORITIES_FILE}`)) });
  const outcome = async (id: string): Promise<unknown> => {
    const presented = event({ client_id: id, sub: id, cnf: { 'x5t#S256': thumbprint } });
    presented.requestContext.identity.clientCert = requestEvent({ certificate: pem }).requestContext.identity.clientCert;
    const { lines } = await mutual.invoke(presented, { ...environment, STORED_AUTHORITIES: 'trust-store/1', AWS_REGION: 'ap-southeast-2', AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' });
    return JSON.parse(lines.filter(Boolean).at(-1)!);
  };
  expect(await outcome('globex')).toMatchObject({ outcome: 'allowed', revocation: 'not_checked' });
  expect(await outcome('acme')).toMatchObject({ outcome: 'refused', reason: 'dependency_failed', detail: expect.stringMatching(/^trust store: /) as string });
  mutual.remove();
});

describe('with policies in a policy store', () => {
  const declared = group('@id("read") @obligation("mask") permit(principal, action in Action::"GET", resource);');
  const { schema, policies } = policyStoreContent(declared, declared.services[0]!);
  const stores = new VerifiedPermissionsServer();
  let stored: Bundle;
  let surroundings: Record<string, string>;

  beforeAll(async () => {
    const store = new PolicyStore(schema as ConstructorParameters<typeof PolicyStore>[0]);
    policies.forEach(({ description, statement }) => store.add({ id: 'P1', description, statement }));
    surroundings = { ...environment, ...await stores.start({ PS1: store }), POLICY_STORES: '{"accounts":"PS1"}' };
    const { operations } = policedConfiguration('@id("read") @obligation("mask") permit(principal, action in Action::"GET", resource);');
    const configuration = { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, issuer: issuer.url }, operations, policyDecisionPoint: 'verified-permissions', accessPolicies: { accounts: { read: { obligations: ['mask'] } } } };
    stored = await Bundle.of('authorizer', { 'configuration.json': JSON.stringify(configuration) });
  });
  afterAll(async () => {
    stored.remove();
    await stores.stop();
  });

  test('asks for the decision, without an engine of its own', async () => {
    const reading = await stored.invoke(event(), surroundings);
    expect(JSON.parse(reading.lines[1]!)).toMatchObject({ outcome: 'allowed', policies: ['read'] });
    const closing = await stored.invoke({ ...event(), httpMethod: 'DELETE' }, surroundings);
    expect(JSON.parse(closing.lines[1]!)).toMatchObject({ outcome: 'refused', reason: 'policy_denied' });
  });

  test('refuses and counts where it gets no answer', async () => {
    stores.scripted.set('IsAuthorized', [{ status: 400, body: { __type: 'ThrottlingException' } }]);
    const { error, lines } = await stored.invoke(event(), surroundings);
    expect(error).toBe('The decision could not be made');
    const records = lines.filter(Boolean).map((line) => JSON.parse(line) as object);
    expect(records).toContainEqual(expect.objectContaining({ type: 'dependency', Dependency: 'PolicyDecisionPoint', DependencyFailures: 1 }));
    expect(records.at(-1)).toMatchObject({ outcome: 'refused', reason: 'dependency_failed' });
  });

  test('does not start where it is told of no store', async () => {
    await expect(stored.invoke(event(), { ...surroundings, POLICY_STORES: '{}' })).rejects.toThrow('the policy store of accounts is missing');
  });
});

test('stays small enough for a short cold start', () => {
  expect(bundle.bytes).toBeLessThan(60 * 1024);
});
