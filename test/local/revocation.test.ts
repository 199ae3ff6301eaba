import { readFileSync, rmSync } from 'node:fs';
import { LocalClient } from '../../local/client';
import type { CertificateFiles } from '../../local/endpoints';
import { startLocalGateway, type LocalGateway } from '../../local/start';
import { fixtureAssembly, type FixtureAssembly, type FixtureOptions } from './fixture-assembly';

const OUT = `${__dirname}/../../out/test-local-revocation`;

/** A gateway of its own, and what becomes of requests with a certificate and a token bound to it. */
class Run {
  private constructor(private readonly fixture: FixtureAssembly, readonly gateway: LocalGateway, private readonly out: string, readonly table: string) {}

  static async start(name: string, options: FixtureOptions): Promise<Run> {
    const fixture = await fixtureAssembly(options);
    let table = '';
    const gateway = await startLocalGateway({ app: fixture.app, environment: 'Test', out: `${OUT}-${name}`, log: (text) => { table = text; } });
    return new Run(fixture, gateway, `${OUT}-${name}`, table);
  }

  async status(client: string, certificate: CertificateFiles): Promise<number> {
    const caller = new LocalClient(this.gateway.endpoints);
    const token = await caller.token({ domain: 'partner', client, certificate });
    return (await caller.send('partner', { path: '/accounts/customers/42', token, certificate })).status;
  }

  client(id: string) {
    return this.gateway.endpoints.domains.partner!.clients[id]!;
  }

  /** Reasons that the partner authorizer recorded. */
  get reasons(): string[] {
    return [...readFileSync(`${this.out}/Test/function-test-authorizer-partner.log`, 'utf8').matchAll(/"reason":"(\w+)"/g)].map(([, reason]) => reason!);
  }

  async stop(): Promise<void> {
    await this.gateway.close();
    this.fixture.remove();
    rmSync(this.out, { recursive: true, force: true });
  }
}

let [checked, unchecked] = [] as unknown as [Run, Run];
beforeAll(async () => {
  checked = await Run.start('checked', { revocationRefreshSeconds: 300 });
  unchecked = await Run.start('unchecked', {});
});
afterAll(() => Promise.all([checked.stop(), unchecked.stop()]));

test('refuses a revoked certificate and its token, while its sibling is served', async () => {
  const { certificate, revokedCertificate } = checked.client('acme-system');
  expect([await checked.status('acme-system', revokedCertificate!), await checked.status('acme-system', certificate!)]).toEqual([403, 200]);
  expect(checked.reasons).toEqual(['certificate_revoked']);
});

test('serves a stolen certificate that its authority revoked where nobody reads the list', async () => {
  const { certificate, revokedCertificate } = unchecked.client('acme-system');
  expect(revokedCertificate).toBeUndefined();
  await unchecked.gateway.revokeCertificate('acme-system');
  expect(await unchecked.status('acme-system', certificate!)).toBe(200);
});

test('says where the list is', () => {
  expect(checked.table).toContain('pki.acme.example/crl/root.crl?format=der');
  expect(unchecked.table).not.toContain('revocation');
});
