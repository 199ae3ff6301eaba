import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { EnvironmentStage, Exposure } from '../../lib';
import { LocalClient } from '../../local/client';
import type { CertificateFiles } from '../../local/endpoints';
import { startLocalGateway, type LocalGateway } from '../../local/start';
import { apiGroup, apiService, internalDomain, partnerDomain, testEnvironment } from '../fixtures/declaration';
import { PRIVATE_AUTHORITY, trustStoreWithPrivateAuthority } from '../fixtures/private-authority';

const OUT = join(__dirname, '../../out/test-private-authority');
let gateway: LocalGateway;
let table = '';

beforeAll(async () => {
  rmSync(OUT, { recursive: true, force: true });
  const app = new App({ outdir: join(OUT, 'assembly'), context: { 'aws:cdk:disable-asset-staging': true } });
  new EnvironmentStage(app, 'Test', {
    environment: testEnvironment({ partnerTrustStore: trustStoreWithPrivateAuthority() }),
    securityDomains: [partnerDomain(), internalDomain()], groups: [apiGroup(apiService({ approvedExposure: [Exposure.PARTNER, Exposure.INTERNAL] }))],
    rulePacksOmittedBecause: 'not what this test is about',
  });
  app.synth();
  gateway = await startLocalGateway({ app: join(OUT, 'assembly'), environment: 'Test', out: join(OUT, 'run'), log: (text) => { table = text; } });
});
afterAll(async () => {
  await gateway.close();
  rmSync(OUT, { recursive: true, force: true });
});

async function status(certificate: CertificateFiles): Promise<number> {
  const caller = new LocalClient(gateway.endpoints);
  const token = await caller.token({ domain: 'partner', client: 'acme', certificate });
  return (await caller.send('partner', { path: '/accounts/accounts/42', token, certificate })).status;
}

test('says which private CA was read', () => {
  expect(table.replace(/\s+/g, ' ')).toContain(`private CAs the twin authority, read and stored as the trust store, for ${PRIVATE_AUTHORITY}`);
});

test('accepts what the private CA issued and refuses what it revoked, by the trust store that a deployment stored', async () => {
  const { certificate, revokedCertificate } = gateway.endpoints.domains.partner!.clients.acme!;
  expect(await status(certificate!)).toBe(200);
  expect(await status(revokedCertificate!)).toBe(403);
});
