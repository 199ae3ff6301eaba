import { AddressRanges, ApiGroup, ApiKey, CertificateRevocation, ClientCertificate, Consumer, Exposure, SecurityDomain, TrustStore } from '../../../lib';
import { clientPolicies } from '../../../lib/trust/client-policies';
import { apiGroup, apiService, certificateFile, partnerDomain } from '../../fixtures/declaration';
import { trustStoreWithPrivateAuthority } from '../../fixtures/private-authority';

const groups = [apiGroup(), new ApiGroup('ledger', { services: [apiService({ exposure: [Exposure.INTERNAL] }, 'ledger')] })];
const domain = SecurityDomain.public({
  consumers: [
    Consumer.browser('web-bank', { clientId: '0oa1' }),
    Consumer.native('mobile-bank', { groups: [] }),
    Consumer.application('teller', { groups: ['accounts', 'ledger'] }),
    Consumer.system('batch', { subject: 'service-account-batch' }),
  ],
});

test('lists clients by the id in their tokens, with their kind', () => {
  const policies = clientPolicies(domain, groups, undefined, 'Test');
  expect(Object.entries(policies).map(([id, { consumer, type }]) => [id, consumer, type])).toEqual([
    ['0oa1', 'web-bank', 'browser'],
    ['mobile-bank', 'mobile-bank', 'native'],
    ['teller', 'teller', 'application'],
    ['batch', 'batch', 'system'],
  ]);
});

test('grants the groups of the domain, or those subscribed to, and never a group of another domain', () => {
  const policies = clientPolicies(domain, groups, undefined, 'Test');
  expect(Object.values(policies).map((policy) => policy.groups)).toEqual([['accounts'], [], ['accounts'], ['accounts']]);
});

test('names the subject of a client whose issuer calls it something else than its client id', () => {
  const policies = clientPolicies(domain, groups, undefined, 'Test');
  expect(Object.values(policies).map(({ subject }) => subject)).toEqual([undefined, undefined, undefined, 'service-account-batch']);
});

test("takes a name on a certificate of the consumer's own partner only, and a thumbprint from anybody", () => {
  const trustStore = TrustStore.fromPem({ acme: certificateFile('ec-256'), globex: certificateFile('rsa-2048') });
  const { acme } = clientPolicies(partnerDomain(), groups, trustStore, 'Test');
  expect(acme!.certificates).toEqual([{ subject: 'CN=acme,O=Acme', issuers: trustStore.authoritiesOf('acme') }, { sha256: 'ab'.repeat(32) }]);
  expect(trustStore.authoritiesOf('acme')).toHaveLength(1);
});

test('names the secret of an API key where a consumer has one, a different one in every environment and domain', () => {
  const withKey = (of: (props: { consumers: Consumer[] }) => SecurityDomain, environment: string): unknown => clientPolicies(of({ consumers: [Consumer.system('batch', { clientId: '0oa2', apiKey: ApiKey.rotated() }), Consumer.system('ledger')] }), groups, undefined, environment);
  expect(withKey(SecurityDomain.internal, 'Test')).toMatchObject({ '0oa2': { apiKeySecret: 'Test/internal/batch/api-key' } });
  expect(withKey(SecurityDomain.internal, 'Test')).not.toHaveProperty(['ledger', 'apiKeySecret']);
  expect(withKey(SecurityDomain.public, 'Production')).toMatchObject({ '0oa2': { apiKeySecret: 'Production/public/batch/api-key' } });
});

test('lists the networks of a consumer that has some, and of no other', () => {
  const domain = SecurityDomain.internal({ consumers: [Consumer.system('ledger', { sourceAddresses: AddressRanges.of('10.1.0.0/16') }), Consumer.system('batch')] });
  const policies = clientPolicies(domain, [apiGroup()], undefined, 'Test');
  expect(policies.ledger?.sourceAddresses).toEqual(['10.1.0.0/16']);
  expect(policies.batch).not.toHaveProperty('sourceAddresses');
});

test('takes a name on a certificate of private CAs too, where the partner has some', () => {
  const { acme } = clientPolicies(partnerDomain(), groups, trustStoreWithPrivateAuthority(), 'Test');
  expect(acme!.certificates).toEqual([{ subject: 'CN=acme,O=Acme', issuers: [], privateIssuersOf: 'acme' }, { sha256: 'ab'.repeat(32) }]);
});

test('says of a client that nobody can revoke its certificates only where an exception does', () => {
  const trustStore = (revocation: CertificateRevocation) => TrustStore.fromPem({ acme: certificateFile('ec-256') }, { acme: revocation });
  const notRevocable = (revocation: CertificateRevocation) => clientPolicies(partnerDomain(), groups, trustStore(revocation), 'Test').acme!.notRevocable;
  expect(notRevocable(CertificateRevocation.crl(['https://pki.acme.example/root.crl']))).toBeUndefined();
  expect(notRevocable(CertificateRevocation.notChecked('CISO: certificates live for a day'))).toBe(true);
});

test('names the partner whose authorities and lists judge the certificates of a client, where there is a trust store', () => {
  const trustStore = TrustStore.fromPem({ globex: certificateFile('rsa-2048'), acme: certificateFile('ec-256') });
  const consumers = [Consumer.system('acme', { certificates: [ClientCertificate.byThumbprint('ab'.repeat(32))] }), Consumer.system('brokers', { partner: 'globex', certificates: [ClientCertificate.bySubject('CN=brokers')] })];
  const partners = (...of: Parameters<typeof clientPolicies>): unknown[] => Object.values(clientPolicies(...of)).map(({ partner }) => partner);
  expect(partners(SecurityDomain.partner({ consumers }), groups, trustStore, 'Test')).toEqual(['acme', 'globex']);
  expect(partners(domain, groups, undefined, 'Test')).toEqual([undefined, undefined, undefined, undefined]);
});
