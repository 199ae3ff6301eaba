import { X509Certificate } from 'node:crypto';
import { ClientCertificate } from '../../../lambda/authorizer/client-certificate';
import { Refusal } from '../../../runtime/refusal';
import { NOW } from '../fixtures/authorizer';
import { authority, type Authority } from '../fixtures/certificates';
import { PartnerRevocation, Publication } from '../fixtures/revocation';
import { revocationList, serialOf, utcTime, type ListChanges } from '../fixtures/revocation-lists';

const URL = 'https://pki.acme.example/root.crl';
let acme: Authority;
let stolen: string;
let own: string;
beforeAll(async () => {
  acme = await authority();
  [stolen, own] = await Promise.all([acme.issue(), acme.issue()].map(async (issued) => (await issued).pem)) as [string, string];
});

/** What comes of a certificate: `good`, or the reason of its refusal. */
async function verdict({ checks }: PartnerRevocation, pem: string, notRevocable?: boolean): Promise<string> {
  try {
    await checks.requireUnrevoked(new ClientCertificate(pem), 'acme', notRevocable);
    return 'good';
  } catch (error) {
    if (error instanceof Refusal) return error.detail === undefined ? error.reason : `${error.reason}: ${error.detail}`;
    throw error;
  }
}

function published(serials: readonly string[], changes: ListChanges = {}): { readonly publication: Publication; readonly partner: PartnerRevocation } {
  const publication = new Publication();
  publication.list = revocationList(acme, serials, changes);
  return { publication, partner: new PartnerRevocation([acme], { [URL]: publication }) };
}

test('refuses a revoked certificate and lets its sibling through, from one read', async () => {
  const { partner, publication } = published([serialOf(stolen)]);
  expect([await verdict(partner, stolen), await verdict(partner, own), await verdict(partner, stolen)]).toEqual(['certificate_revoked', 'good', 'certificate_revoked']);
  expect(publication.reads).toBe(1);
});

test('keeps nobody waiting while what is held is fresh', async () => {
  const { partner } = published([serialOf(stolen)]);
  await verdict(partner, own);
  expect(partner.checks.requireUnrevoked(new ClientCertificate(own), 'acme')).toBeUndefined();
  expect(() => partner.checks.requireUnrevoked(new ClientCertificate(stolen), 'acme')).toThrow('certificate_revoked');
});

test('refuses what is revoked from now on within the time in which lists are read again', async () => {
  const { partner, publication } = published([]);
  expect(await verdict(partner, stolen)).toBe('good');
  publication.list = revocationList(acme, [serialOf(stolen)], { number: '02' });
  partner.pass(239);
  expect(await verdict(partner, stolen)).toBe('good');
  partner.pass(61);
  expect(await verdict(partner, stolen)).toBe('certificate_revoked');
});

test('reads a list once for all who need it', async () => {
  const { partner, publication } = published([serialOf(stolen)]);
  expect(await Promise.all(Array.from({ length: 20 }, () => verdict(partner, own)))).toEqual(Array.from({ length: 20 }, () => 'good'));
  expect(publication.reads).toBe(1);
});

test('refuses everybody of the partner while there has been no list', async () => {
  const { partner, publication } = published([]);
  publication.list = undefined;
  expect(await verdict(partner, own)).toBe('revocation_unknown: pki.acme.example: ECONNREFUSED');
  publication.list = revocationList(acme);
  partner.pass(2);
  expect(await verdict(partner, own)).toBe('good');
});

test('goes on with the last list through an outage as long as declared, and no longer', async () => {
  const { partner, publication } = published([serialOf(stolen)]);
  await verdict(partner, own);
  publication.list = undefined;
  partner.pass(3599);
  expect([await verdict(partner, own), await verdict(partner, stolen)]).toEqual(['good', 'certificate_revoked']);
  partner.pass(2);
  expect(await verdict(partner, own)).toMatch(/^revocation_unknown: /);
});

test('does not use a list past its next update, however fresh it was read', async () => {
  const { partner, publication } = published([], { nextUpdate: utcTime(NOW + 30) });
  expect(await verdict(partner, own)).toBe('good');
  partner.pass(31);
  expect(await verdict(partner, own)).toMatch(/^revocation_unknown: .*good until 2027-01-15T08:00:30\.000Z/);
  publication.list = revocationList(acme, [], { number: '02', nextUpdate: utcTime(NOW + 900) });
  partner.pass(11);
  expect(await verdict(partner, own)).toBe('good');
});

test('asks for a list past its next update only now and then, whatever the number of callers', async () => {
  const { partner, publication } = published([], { nextUpdate: utcTime(NOW + 30) });
  await verdict(partner, own);
  partner.pass(31);
  await Promise.all(Array.from({ length: 50 }, () => verdict(partner, own)));
  expect(publication.reads).toBeLessThanOrEqual(3);
});

test.each<readonly [string, ListChanges]>([
  ['a lower number', { number: '01' }],
  ['an earlier update under the same number', { number: '02', thisUpdate: utcTime(NOW - 120) }],
])('goes on with the newer list when one with %s is replayed', async (_, changes) => {
  const { partner, publication } = published([serialOf(stolen)], { number: '02' });
  await verdict(partner, own);
  publication.list = revocationList(acme, [], changes);
  partner.pass(301);
  expect(await verdict(partner, stolen)).toBe('certificate_revoked');
  expect(partner.failures).toContainEqual(expect.stringContaining('older than the one before'));
});

test.each<readonly [string, () => Promise<Buffer> | Buffer, string]>([
  ["another authority's list under the same name", async () => revocationList(await authority()), 'its signature is not of the authority'],
  ['a delta list', () => revocationList(acme, [], { extensions: [] }), 'it has no CRL number'],
  ['a web page', () => Buffer.from('<html>'), 'the CRL is not good'],
])('refuses callers where %s is published, and says what is wrong', async (_, list, fault) => {
  const { partner, publication } = published([]);
  publication.list = await list();
  expect(await verdict(partner, own)).toMatch(/^revocation_unknown: pki\.acme\.example: the CRL is not good: /);
  expect(partner.failures.join()).toContain(fault);
});

test('does not let a bad list take the place of a good one', async () => {
  const { partner, publication } = published([serialOf(stolen)]);
  await verdict(partner, own);
  publication.list = Buffer.from('<html>');
  partner.pass(301);
  expect([await verdict(partner, own), await verdict(partner, stolen)]).toEqual(['good', 'certificate_revoked']);
});

test('refuses everything below an intermediate authority that its root revoked', async () => {
  const issuing = await acme.subordinate('CN=Acme Issuing CA');
  const [{ pem }, root, leaf] = [await issuing.issue(), new Publication(), new Publication()];
  [root.list, leaf.list] = [revocationList(acme), revocationList(issuing)];
  const partner = new PartnerRevocation([acme, issuing], { [URL]: root, 'https://pki.acme.example/issuing.crl': leaf });
  expect(await verdict(partner, pem)).toBe('good');
  root.list = revocationList(acme, [serialOf(issuing.pem)], { number: '02' });
  partner.pass(301);
  expect(await verdict(partner, pem)).toBe('certificate_revoked');
});

test('refuses what its authority may have revoked in a list that is not there, and no other', async () => {
  const next = await authority('CN=Acme CA 2');
  const [current, future] = [new Publication(), new Publication()];
  current.list = revocationList(acme, [serialOf(stolen)]);
  const partner = new PartnerRevocation([acme, next], { [URL]: current, 'https://pki.acme.example/next.crl': future });
  expect([await verdict(partner, own), await verdict(partner, stolen)]).toEqual(['good', 'certificate_revoked']);
  expect(await verdict(partner, (await next.issue()).pem)).toMatch(/^revocation_unknown/);
});

test('leaves a partner alone whose certificates are not checked, by its recorded exception', async () => {
  const { pem } = await (await authority('CN=Globex CA')).issue();
  const { partner, publication } = published([]);
  publication.list = undefined;
  expect(await verdict(partner, pem, true)).toBe('good');
  expect(publication.reads).toBe(0);
});

// The gateway follows a chain that the client brings: its thumbprint is known, its issuer is nowhere declared.
test('refuses a certificate of an issuer without a declared list, which nobody could ever revoke', async () => {
  const unlisted = await acme.subordinate('CN=Brought by the client');
  const { partner } = published([]);
  expect(await verdict(partner, (await unlisted.issue()).pem)).toBe('revocation_unknown: no list is declared for its issuer');
});

test('checks what has a list, also of a client that is excepted', async () => {
  const { partner } = published([serialOf(stolen)]);
  expect(await verdict(partner, stolen, true)).toBe('certificate_revoked');
});

describe('a list of before the certificate was revoked, replayed to a function that starts', () => {
  const replayed = (): Buffer => revocationList(acme, [], { number: '01', thisUpdate: utcTime(NOW - 3 * 86_400), nextUpdate: utcTime(NOW + 4 * 86_400) });

  function started(maxAgeSeconds?: number): PartnerRevocation {
    const publication = new Publication();
    publication.list = replayed();
    return new PartnerRevocation([acme], { [URL]: publication }, { maxAgeSeconds });
  }

  test('lets the certificate pass where no age is declared, as long as the list is in force', async () => {
    expect(await verdict(started(), stolen)).toBe('good');
  });

  test('is refused from the declared age on', async () => {
    expect(await verdict(started(2 * 86_400), stolen)).toBe('revocation_unknown: pki.acme.example: the CRL is not good: it was made on 2027-01-12T08:00:00.000Z');
    expect(await verdict(started(3 * 86_400), stolen)).toBe('good');
  });

  test('is refused when it comes of that age in memory', async () => {
    const partner = started(3 * 86_400 + 60);
    expect(await verdict(partner, own)).toBe('good');
    partner.pass(61);
    expect(await verdict(partner, own)).toMatch(/^revocation_unknown: /);
  });
});

test('verifies the path of a certificate once', async () => {
  const verify = jest.spyOn(X509Certificate.prototype, 'verify');
  const { partner } = published([]);
  await verdict(partner, own);
  const first = verify.mock.calls.length;
  await verdict(partner, own);
  const both = verify.mock.calls.length;
  verify.mockRestore();
  expect(first).toBeGreaterThan(0);
  expect(both).toBe(first);
});
