import { rmSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Exposure, TrustTokenSigning } from '../../lib';
import { LocalClient } from '../../local/client';
import { startLocalGateway, type LocalGateway } from '../../local/start';
import { apiGroup, apiService, publicDomain, testEnvironment } from '../fixtures/declaration';
import { StampedEnvironment } from '../fixtures/environment-stage';

const out = `${__dirname}/../../out/test-local-kms`;
let gateway: LocalGateway | undefined;
let client: LocalClient;
let table = '';

beforeAll(async () => {
  const stamped = new StampedEnvironment({ environment: testEnvironment({ signing: TrustTokenSigning.kmsGeneration(2) }), securityDomains: [publicDomain()], groups: [apiGroup(apiService({ exposure: [Exposure.PUBLIC] }))] });
  gateway = await startLocalGateway({ app: (stamped.stage.node.root as App).synth().directory, environment: 'Test', out, log: (text) => { table = text; } });
  client = new LocalClient(gateway.endpoints);
});
afterAll(async () => {
  await gateway?.close();
  rmSync(out, { recursive: true, force: true });
});

interface Echo { readonly headers: { readonly [name: string]: string }; readonly trustToken: object }

async function call(): Promise<{ readonly status: number; readonly kid?: string; readonly trustToken?: object }> {
  const token = await client.token({ domain: 'public', client: 'web-bank' });
  const { status, body } = await client.send('public', { path: '/accounts/accounts/42', token });
  if (status !== 200) return { status };
  const { headers, trustToken } = JSON.parse(body) as Echo;
  const { kid } = JSON.parse(Buffer.from(headers['txn-token']!.split('.')[0]!, 'base64url').toString()) as { kid: string };
  return { status, kid, trustToken };
}

async function publishedKids(): Promise<readonly string[]> {
  const { body } = await client.send('public', { path: '/.well-known/jwks.json' });
  return (JSON.parse(body) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
}

test('signs by KMS what the service verifies with the published key, and goes on with the next key once the first is revoked', async () => {
  const first = await call();
  expect(first).toMatchObject({ status: 200, trustToken: { scope: 'accounts' } });
  const published = await publishedKids();
  expect(published).toHaveLength(3);
  // The key of generation 2, between its predecessor and its successor.
  expect(published[1]).toBe(first.kid);
  gateway!.disableSigningKey();
  const second = await call();
  expect(second).toMatchObject({ status: 200, kid: published[2] });
});

test('says that KMS is emulated', () => {
  expect(table.replace(/\s+/g, ' ')).toContain('signing and public keys of 3 keys made for this run');
});
