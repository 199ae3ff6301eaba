import { ClientCertificate } from '../../../lambda/authorizer/client-certificate';
import { knownClient } from '../../../lambda/authorizer/known-client';
import { PartnerAuthorities } from '../../../lambda/authorizer/partner-authorities';
import type { ClientPolicy } from '../../../lib/contract/authorizer-configuration';
import { authority, type Authority } from '../fixtures/certificates';
import { BUCKET, TrustStoreDeployment } from '../fixtures/trust-store-deployment';

const ARN = 'arn:aws:acm-pca:ap-southeast-2:444444444444:certificate-authority/12345678-1234-1234-1234-123456789012';
const CLIENT: ClientPolicy = { consumer: 'acme', type: 'system', groups: ['accounts'], certificates: [{ subject: 'CN=acme', issuers: [], privateIssuersOf: 'acme' }] };
const POLICY = { partner: 'acme', authorities: [], privateAuthorities: true, lists: ['https://pki.acme.example/1.crl'], refreshSeconds: 300, usableThroughOutageSeconds: 3600 };
const FILES = { ...POLICY, partner: 'globex', authorities: ['PEM'], privateAuthorities: undefined };
let root: Authority;
let issuing: Authority;
let run: TrustStoreDeployment;
let version: string;
beforeAll(async () => {
  root = await authority('CN=Root');
  issuing = await root.subordinate('CN=Issuing');
  run = await TrustStoreDeployment.start();
  run.certify(ARN, issuing.pem, root.pem);
  version = (await run.deploy({ acme: { PrivateAuthorities: [ARN] } })).Data!.AuthoritiesVersion!;
});
afterAll(() => run.stop());

const authorities = (place = `${BUCKET}/${version}`): PartnerAuthorities => new PartnerAuthorities({ ...run.environment, STORED_AUTHORITIES: place }, Date.now, [POLICY, FILES]);
const matches = (pem: string, client: ClientPolicy): boolean => client.certificates!.some((policy) => new ClientCertificate(pem).matches(policy));

test('accepts a name from the private CA, and from nobody before its certificate is known', async () => {
  const { pem } = await issuing.issue({ subject: 'CN=acme' });
  const known = await authorities().known(CLIENT) as ClientPolicy;
  expect([matches(pem, CLIENT), matches(pem, known)]).toEqual([false, true]);
});

// The gateway trusts the root too, or it could follow no chain: whoever else is below it must not pass for the partner.
test('refuses the name from an authority above the private CA or beside it, which its chain alone would accept', async () => {
  const beside = await root.subordinate('CN=Beside');
  const forged = [(await root.issue({ subject: 'CN=acme' })).pem, (await beside.issue({ subject: 'CN=acme' })).pem];
  const known = await authorities().known(CLIENT) as ClientPolicy;
  const weakened = { ...CLIENT, certificates: [{ subject: 'CN=acme', issuers: [issuing.pem, root.pem] }] };
  expect(forged.map((pem) => matches(pem, known))).toEqual([false, false]);
  expect(matches(forged[0]!, weakened)).toBe(true);
});

test('looks for revocation up to the root', async () => {
  const own = authorities();
  await own.known(CLIENT);
  expect(own.revocation(POLICY)).toEqual({ ...POLICY, authorities: [issuing.pem, root.pem] });
  expect(() => authorities().revocation(POLICY)).toThrow('no private CA of acme');
});

test('stays with the version that it was told, whatever was stored since', async () => {
  const next = await authority('CN=Next');
  run.certify(ARN, next.pem);
  await run.deploy({ acme: { PrivateAuthorities: [ARN] } });
  const known = await authorities().known(CLIENT) as ClientPolicy;
  expect(known.certificates![0]!.issuers).toEqual([issuing.pem]);
});

test('names the fault while the trust store cannot be read, and asks again with the next request', async () => {
  const failures: string[] = [];
  const known = knownClient(authorities(`${BUCKET}/none`), ({ message }) => failures.push(message));
  await expect(known(CLIENT)).rejects.toMatchObject({ name: 'DependencyFailure', message: 'trust store: status 404' });
  await expect(known(CLIENT)).rejects.toThrow('trust store: status 404');
  expect(failures).toHaveLength(2);
});

describe('while the trust store cannot be read', () => {
  const PINNED = [{ sha256: 'ab'.repeat(32) }];
  const unread = (): PartnerAuthorities => authorities(`${BUCKET}/none`);

  test.each<[string, Partial<ClientPolicy>]>([
    ['whose partner has authorities in files', { partner: 'globex', certificates: [{ subject: 'CN=globex', issuers: ['PEM'] }] }],
    ['that is pinned, of such a partner', { partner: 'globex', certificates: PINNED }],
    ['that is pinned, of a partner whose certificates are not checked for revocation', { partner: 'initech', certificates: PINNED, notRevocable: true }],
  ])('knows a client %s, and asks nobody', async (_, members) => {
    const client = { ...CLIENT, ...members };
    expect(await unread().known(client)).toBe(client);
  });

  test.each<[string, Partial<ClientPolicy>]>([
    ['whose names count on certificates of private CAs', {}],
    ['that is pinned, where private CAs sign the lists', { partner: 'acme', certificates: PINNED }],
  ])('does not know a client %s', async (_, members) => {
    expect(await unread().known({ ...CLIENT, ...members })).toBe('status 404');
  });

  test('checks revocation by authorities that came in files, and by nothing for a partner with private CAs', () => {
    expect(unread().revocation(FILES)).toBe(FILES);
    expect(() => unread().revocation({ ...POLICY, authorities: ['PEM'] })).toThrow('no private CA of acme');
  });
});

test('reads the trust store for a client that is pinned, where private CAs sign the lists', async () => {
  const own = authorities();
  await own.known({ ...CLIENT, partner: 'acme', certificates: [{ sha256: 'ab'.repeat(32) }] });
  expect(own.revocation(POLICY).authorities).toHaveLength(2);
});

test('fails for a partner of which nothing is stored', async () => {
  const other = { ...CLIENT, certificates: [{ subject: 'CN=acme', issuers: [], privateIssuersOf: 'globex' }] };
  await expect(authorities().known(other)).rejects.toThrow('no private CA of globex');
});

test('reads the trust store once', async () => {
  const own = authorities();
  const first = await own.known(CLIENT);
  run.storage.add(BUCKET, { statements: [] });
  expect(await own.known(CLIENT)).toEqual(first);
  expect(await authorities().known(CLIENT)).toBe('status 404');
});
