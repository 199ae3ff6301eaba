import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { ClientCertificate } from '../../../lambda/authorizer/client-certificate';
import { RevocationChecks } from '../../../lambda/authorizer/revocation-checks';
import type { ClientPolicy } from '../../../lib/contract/authorizer-configuration';
import type { RevocationPolicy } from '../../../lib/contract/revocation-policy';
import { CertificateRevocation, ClientCertificate as DeclaredCertificate, Consumer, SecurityDomain, TrustStore } from '../../../lib';
import { clientPolicies } from '../../../lib/trust/client-policies';
import { revocationPolicies } from '../../../lib/trust/revocation-policies';
import { Refusal } from '../../../runtime/refusal';
import { apiGroup } from '../../fixtures/declaration';
import { NOW } from '../fixtures/authorizer';
import { authority, type Authority } from '../fixtures/certificates';
import { Publication } from '../fixtures/revocation';
import { revocationList, serialOf, utcTime } from '../fixtures/revocation-lists';

// Globex's authority is below acme's, so each of its paths leads through acme's authority; and it was declared first.
const [GLOBEX, ACME] = ['https://pki.globex.example/1.crl', 'https://pki.acme.example/1.crl'];
const folder = mkdtempSync(join(tmpdir(), 'partners-apart-'));
afterAll(() => rmSync(folder, { recursive: true }));
let acme: Authority;
let globex: Authority;
let pem: string;
let clients: Record<string, ClientPolicy>;
let policies: readonly RevocationPolicy[];
beforeAll(async () => {
  acme = await authority('CN=Acme CA');
  globex = await acme.subordinate('CN=Globex CA');
  ({ pem } = await acme.issue({ subject: 'CN=acme' }));
  writeFileSync(join(folder, 'globex.pem'), `${globex.pem}\n${acme.pem}`);
  writeFileSync(join(folder, 'acme.pem'), acme.pem);
  const trustStore = TrustStore.fromPem({ globex: join(folder, 'globex.pem'), acme: join(folder, 'acme.pem') }, {
    globex: CertificateRevocation.crl([GLOBEX, `${GLOBEX}?2`]), acme: CertificateRevocation.crl([ACME], { maxAge: Duration.days(2) }),
  });
  const thumbprint = Buffer.from(new ClientCertificate(pem).thumbprint, 'base64url').toString('hex');
  const consumers = [Consumer.system('globex', { certificates: [DeclaredCertificate.byThumbprint(thumbprint)] }), Consumer.system('acme', { certificates: [DeclaredCertificate.bySubject('CN=acme')] })];
  clients = clientPolicies(SecurityDomain.partner({ consumers }), [apiGroup()], trustStore, 'Test');
  policies = revocationPolicies(trustStore).revocation!;
});

/** Checks with what is published where; nothing can be read elsewhere. */
function checks(lists: { readonly [url: string]: Buffer }): (client: string, certificate?: string) => Promise<string> {
  const publications = new Map(Object.entries(lists).map(([url, list]) => [url, Object.assign(new Publication(), { list })]));
  const made = new RevocationChecks({ policies, read: ({ href }) => (publications.get(href) ?? new Publication()).read(), clock: () => NOW * 1000 });
  return async (client, certificate = pem) => {
    try {
      await made.requireUnrevoked(new ClientCertificate(certificate), clients[client]!.partner);
      return 'good';
    } catch (error) {
      if (error instanceof Refusal) return error.reason;
      throw error;
    }
  };
}

test("takes a client's certificate by the lists of its own partner, while those of another that knows the issuer cannot be read", async () => {
  const verdict = checks({ [ACME]: revocationList(acme) });
  expect([await verdict('acme'), await verdict('globex'), await verdict('acme')]).toEqual(['good', 'revocation_unknown', 'good']);
});

test('refuses what its own partner revoked, whatever the lists of another say, and leaves the other to its own', async () => {
  const others = { [GLOBEX]: revocationList(globex), [`${GLOBEX}?2`]: revocationList(acme) };
  const verdict = checks({ ...others, [ACME]: revocationList(acme, [serialOf(pem)]) });
  expect([await verdict('globex'), await verdict('acme'), await verdict('globex')]).toEqual(['good', 'certificate_revoked', 'good']);
});

test('holds a list to the age that its own partner declared', async () => {
  const old = revocationList(acme, [], { thisUpdate: utcTime(NOW - 3 * 86_400), nextUpdate: utcTime(NOW + 86_400) });
  const verdict = checks({ [GLOBEX]: revocationList(globex), [`${GLOBEX}?2`]: old, [ACME]: old });
  expect([await verdict('globex'), await verdict('acme')]).toEqual(['good', 'revocation_unknown']);
});

test('remembers the path of a certificate for the partner only whose authorities it was looked for in', async () => {
  const verdict = checks({ [GLOBEX]: revocationList(globex), [`${GLOBEX}?2`]: revocationList(acme), [ACME]: revocationList(acme) });
  const shared = (await globex.issue()).pem;
  expect([await verdict('acme', shared), await verdict('globex', shared), await verdict('acme', shared)]).toEqual(['revocation_unknown', 'good', 'revocation_unknown']);
});

test('asks no list of anybody for a client of a partner without any', async () => {
  const made = new RevocationChecks({ policies, read: () => Promise.reject(new Error('read')), clock: () => NOW * 1000 });
  for (const partner of ['initech', undefined]) {
    expect(made.requireUnrevoked(new ClientCertificate(pem), partner, true)).toBeUndefined();
    expect(() => made.requireUnrevoked(new ClientCertificate(pem), partner)).toThrow('revocation_unknown');
  }
});

test('judges a partner by its files while the private CAs of another are not known, and that one as soon as they are', async () => {
  let known = false;
  const stored = (policy: RevocationPolicy): RevocationPolicy => {
    if (policy.partner === 'globex' && !known) throw new Error('not known');
    return policy;
  };
  const made = new RevocationChecks({ policies, stored: { revocation: stored }, read: async ({ href }) => revocationList(href === GLOBEX ? globex : acme), clock: () => NOW * 1000 });
  const certificate = new ClientCertificate(pem);
  expect(await made.requireUnrevoked(certificate, 'acme')).toBeUndefined();
  expect(() => made.requireUnrevoked(certificate, 'globex')).toThrow('not known');
  known = true;
  expect(await made.requireUnrevoked(certificate, 'globex')).toBeUndefined();
});

test("recognises no name of one partner on a certificate of another's authority", async () => {
  const consumers = ['acme', 'globex'].map((name) => Consumer.system(name, { certificates: [DeclaredCertificate.bySubject(`CN=${name}`)] }));
  const [initech, umbrella] = await Promise.all([authority('CN=Initech'), authority('CN=Umbrella')]);
  writeFileSync(join(folder, 'initech.pem'), initech.pem);
  writeFileSync(join(folder, 'umbrella.pem'), umbrella.pem);
  const trustStore = TrustStore.fromPem({ acme: join(folder, 'initech.pem'), globex: join(folder, 'umbrella.pem') });
  const known = clientPolicies(SecurityDomain.partner({ consumers }), [apiGroup()], trustStore, 'Test');
  const accepted = async (name: string, issuer: Authority): Promise<boolean> => {
    const certificate = new ClientCertificate((await issuer.issue({ subject: `CN=${name}` })).pem);
    return known[name]!.certificates!.some((policy) => certificate.matches(policy));
  };
  expect(await Promise.all([accepted('acme', initech), accepted('acme', umbrella), accepted('globex', umbrella), accepted('globex', initech)])).toEqual([true, false, true, false]);
});
