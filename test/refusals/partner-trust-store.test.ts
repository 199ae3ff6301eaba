import { Environment, Exposure } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, apiService, partnerDomain, production, publicDomain, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

/** Declares environments behind one partner domain. */
const declared = (...environments: Environment[]) => (): void => checkDeclaration({ environments, securityDomains: [partnerDomain()], groups: [apiGroup(apiService({ approvedExposure: [Exposure.PARTNER] }))] });

test('refuses a partner domain in an environment without a trust store', () => {
  expect(refusalOf(declared(production({ partnerTrustStore: undefined })))).toBe(
    "PARTNER_TRUST_STORE: an environment with a partner domain names the certificate authorities of its partners, got none in Production; write partnerTrustStore: TrustStore.fromPem({ acme: 'certs/acme.pem' })",
  );
});

test('refuses a partner authority that two environments share', () => {
  const [fingerprint] = testEnvironment().partnerTrustStore!.fingerprints;
  expect(refusalOf(declared(testEnvironment(), production({ partnerTrustStore: testEnvironment().partnerTrustStore })))).toContain(`got the partner authority '${fingerprint}' in Test and Production`);
});

test('accepts a trust store per environment, and none without a partner domain', () => {
  expect(declared(testEnvironment(), production())).not.toThrow();
  expect(() => checkDeclaration({ environments: [production({ partnerTrustStore: undefined })], securityDomains: [publicDomain()], groups: [apiGroup(apiService({ approvedExposure: [Exposure.PUBLIC] }))] })).not.toThrow();
});
