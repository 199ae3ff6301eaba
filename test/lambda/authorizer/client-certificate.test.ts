import { createHash, X509Certificate } from 'node:crypto';
import { ClientCertificate } from '../../../lambda/authorizer/client-certificate';
import type { CertificatePolicy } from '../../../lib/contract/authorizer-configuration';
import { authority, certificate, partnerAuthority } from '../fixtures/certificates';

const ALTERNATIVE_NAMES = [
  { type: 'dns', value: 'acme.example' }, { type: 'url', value: 'spiffe://example/acme' }, { type: 'email', value: 'a, DNS:evil.example' },
] as const;
const pem = certificate({ subject: 'CN=acme,O=Acme\\, Inc,C=AU', alternativeNames: [...ALTERNATIVE_NAMES] }).then((made) => made.pem);
const der = async (): Promise<Buffer> => new X509Certificate(await pem).raw;

test.each<[string, CertificatePolicy, CertificatePolicy]>([
  ['another subject', { subject: 'CN=acme,O=Acme\\, Inc,C=NZ' }, { subject: 'CN=acme,O=Acme\\, Inc,C=AU' }],
  ['part of the subject', { subject: 'CN=acme' }, { subject: 'cn=acme, o=Acme\\2c Inc, c=AU' }],
  ['a subject that is none', { subject: 'acme' }, { subject: 'CN=acme,O=Acme\\, Inc,C=AU' }],
  ['another DNS name', { subjectAlternativeName: 'example' }, { subjectAlternativeName: 'ACME.example' }],
  ['another URI', { subjectAlternativeName: 'spiffe://example/ACME' }, { subjectAlternativeName: 'spiffe://example/acme' }],
  ['a name hidden in another', { subjectAlternativeName: 'evil.example' }, { subjectAlternativeName: 'acme.example' }],
  ['an e-mail address', { subjectAlternativeName: 'a, DNS:evil.example' }, { subjectAlternativeName: 'acme.example' }],
  ['one member of two', { subject: 'CN=acme,O=Acme\\, Inc,C=AU', subjectAlternativeName: 'other.example' }, { subject: 'CN=acme,O=Acme\\, Inc,C=AU', subjectAlternativeName: 'acme.example' }],
  ['nothing', {}, { subjectAlternativeName: 'acme.example' }],
])('does not recognise a certificate by %s', async (_title, flawed, sound) => {
  const presented = new ClientCertificate(await pem);
  const issuers = [await partnerAuthority()];
  expect(presented.matches({ issuers, ...sound })).toBe(true);
  expect(presented.matches({ issuers, ...flawed })).toBe(false);
});

test("recognises a name on a certificate of the client's own authority only", async () => {
  const [other, namesake] = await Promise.all([authority('CN=Globex CA'), authority('CN=Acme CA')]);
  const policy = { subject: 'CN=acme', issuers: [other.pem, await partnerAuthority()] };
  const presented = async (made: Promise<{ pem: string }>): Promise<ClientCertificate> => new ClientCertificate((await made).pem);
  expect((await presented(certificate())).matches(policy)).toBe(true);
  expect((await presented(other.issue())).matches({ ...policy, issuers: [await partnerAuthority()] })).toBe(false);
  // Same name, another key: the signature decides, not the name of the issuer.
  expect((await presented(namesake.issue())).matches(policy)).toBe(false);
  expect((await presented(certificate())).matches({ subject: 'CN=acme' })).toBe(false);
});

test('recognises a certificate by its thumbprint', async () => {
  const sha256 = createHash('sha256').update(await der()).digest('hex');
  const presented = new ClientCertificate(await pem);
  expect(presented.matches({ sha256 })).toBe(true);
  expect(presented.matches({ sha256: sha256.toUpperCase() })).toBe(true);
  expect(presented.matches({ sha256: sha256.replace(/^./, (digit) => digit === '0' ? '1' : '0') })).toBe(false);
});

test('is bound to tokens by the thumbprint of RFC 8705', async () => {
  const presented = new ClientCertificate(await pem);
  const thumbprint = createHash('sha256').update(await der()).digest('base64url');
  expect(presented.thumbprint).toBe(thumbprint);
  expect(presented.isBoundTo(thumbprint)).toBe(true);
  expect(presented.isBoundTo(thumbprint.slice(1))).toBe(false);
});

test('knows when it is valid', async () => {
  const { pem: short } = await certificate({ notBefore: new Date('2024-01-01'), notAfter: new Date('2025-01-01') });
  const valid = ['2023-12-31', '2024-06-01', '2025-01-02'].map((date) => new ClientCertificate(short).isValidAt(Date.parse(date)));
  expect(valid).toEqual([false, true, false]);
});

test('refuses a text that is no certificate', () => {
  expect(() => new ClientCertificate('-----BEGIN CERTIFICATE-----')).toThrow('certificate_mismatch');
});
