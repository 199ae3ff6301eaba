import { CertificateRevocation, TrustStore, TrustStoreMember } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, certificateFile, everyDomain, production, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const ID = '12345678-1234-1234-1234-123456789012';
const ARN = `arn:aws:acm-pca:ap-southeast-2:444444444444:certificate-authority/${ID}`;
const OTHER = `arn:aws:acm-pca:ap-southeast-2:444444444444:certificate-authority/${ID.replace('1', '2')}`;
const message = (got: string, write = "TrustStoreMember.privateCertificateAuthority('arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID')"): string => `PRIVATE_AUTHORITY: a private CA is named by its ARN, in the partition of its environment, got ${got}; write ${write}`;
const lists = (count: number) => CertificateRevocation.crl(Array.from({ length: count }, (_, index) => `https://pki.acme.example/${index}.crl`));

test.each([
  ['of a certificate of ACM', `arn:aws:acm:ap-southeast-2:444444444444:certificate/${ID}`],
  ['of a certificate that a CA issued', `${ARN}/certificate/286535153982981100925020015808220737245`],
  ['without a Region', `arn:aws:acm-pca::444444444444:certificate-authority/${ID}`],
  ['with a wildcard', 'arn:aws:acm-pca:ap-southeast-2:444444444444:certificate-authority/*'],
  ['whose partition is not that of its Region', `arn:aws-cn:acm-pca:ap-southeast-2:444444444444:certificate-authority/${ID}`],
  ['that is none', ID],
])('refuses an ARN %s', (_, arn) => {
  expect(refusalOf(() => TrustStoreMember.privateCertificateAuthority(arn))).toBe(message(`'${arn}'`));
});

test('refuses a CA in another partition than its environment, which nobody there can read', () => {
  const arn = `arn:aws-us-gov:acm-pca:us-gov-west-1:444444444444:certificate-authority/${ID}`;
  const partnerTrustStore = TrustStore.of({ acme: [TrustStoreMember.privateCertificateAuthority(arn)] });
  expect(refusalOf(() => testEnvironment({ partnerTrustStore }))).toBe(message(`'${arn}' for Test in ap-southeast-2`, 'the ARN of a CA in the partition aws'));
});

test('refuses a CA that two environments share', () => {
  const partnerTrustStore = TrustStore.of({ acme: [TrustStoreMember.privateCertificateAuthority(ARN)] }, { acme: lists(1) });
  expect(refusalOf(() => checkDeclaration({ environments: [testEnvironment({ partnerTrustStore }), production({ partnerTrustStore })], securityDomains: everyDomain(), groups: [apiGroup()] }))).toContain(`got the private CA '${ARN}' in Test and Production; write a private CA of its own for Production`);
});

test('refuses a partner without an authority', () => {
  expect(refusalOf(() => TrustStore.of({ acme: [] }))).toMatch(/^TRUST_STORE: .*, got no authority of 'acme';/);
});

test('asks for a list of each private CA, and takes more: how many authorities are above it is not known', () => {
  const both = [TrustStoreMember.privateCertificateAuthority(ARN), TrustStoreMember.privateCertificateAuthority(OTHER), TrustStoreMember.fromPem(certificateFile('ec-256'))];
  expect(refusalOf(() => TrustStore.of({ acme: both }, { acme: lists(2) }))).toMatch(/^REVOCATION_LIST: .*, got 2 for 3 of 'acme';/);
  expect(() => TrustStore.of({ acme: both }, { acme: lists(3) })).not.toThrow();
  expect(() => TrustStore.of({ acme: both }, { acme: lists(5) })).not.toThrow();
});

test('accepts private CAs beside files, in any Region and account of the partition', () => {
  const store = TrustStore.of({ acme: [TrustStoreMember.privateCertificateAuthority(ARN), TrustStoreMember.fromPem(certificateFile('ec-256'))], globex: [TrustStoreMember.privateCertificateAuthority(ARN)] });
  expect(store.partners).toEqual(['acme', 'globex']);
  expect(store.privateAuthorities).toEqual([ARN]);
  expect(store.authoritiesOf('acme')).toHaveLength(1);
  expect(() => testEnvironment({ region: 'us-east-1', partnerTrustStore: store })).not.toThrow();
});
