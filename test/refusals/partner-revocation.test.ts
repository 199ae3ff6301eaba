import { CertificateRevocation, Exposure, TrustStore } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, apiService, certificateFile, everyDomain, publicDomain, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const silent = TrustStore.fromPem({ acme: certificateFile('ec-256') });

test('refuses a partner of which nobody says how its certificates are revoked', () => {
  expect(refusalOf(() => checkDeclaration({ environments: [testEnvironment({ partnerTrustStore: silent })], securityDomains: everyDomain(), groups: [apiGroup()] }))).toBe(
    "PARTNER_REVOCATION: every partner says how its certificates are revoked, got nothing for 'acme' in Test; write TrustStore.fromPem({ acme: 'certs/acme.pem' }, { acme: CertificateRevocation.crl(['https://pki.acme.example/root.crl']) }), or CertificateRevocation.notChecked(reason)",
  );
});

test('accepts a recorded reason, and silence where there is no partner domain', () => {
  const accepted = TrustStore.fromPem({ acme: certificateFile('ec-256') }, { acme: CertificateRevocation.notChecked('CISO: certificates live for a day') });
  expect(() => checkDeclaration({ environments: [testEnvironment({ partnerTrustStore: accepted })], securityDomains: everyDomain(), groups: [apiGroup()] })).not.toThrow();
  const open = [apiGroup(apiService({ approvedExposure: [Exposure.PUBLIC] }))];
  expect(() => checkDeclaration({ environments: [testEnvironment({ partnerTrustStore: silent })], securityDomains: [publicDomain()], groups: open })).not.toThrow();
});

test('refuses an exception without a reason', () => {
  expect(refusalOf(() => CertificateRevocation.notChecked('later'))).toMatch(/^REASON: /);
});
