import { ClientCertificate, Consumer, Exposure, SecurityDomain } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, apiService, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

/** Declares one consumer behind a trust store that holds the authorities of acme. */
const declared = (consumer: Consumer) => (): void => checkDeclaration({
  environments: [testEnvironment()], securityDomains: [SecurityDomain.partner({ consumers: [consumer] })], groups: [apiGroup(apiService({ approvedExposure: [Exposure.PARTNER] }))],
});
const certificates = [ClientCertificate.bySubject('CN=client')];

test('refuses a consumer whose partner has no authority in the trust store', () => {
  expect(refusalOf(declared(Consumer.system('globex', { certificates })))).toBe(
    "PARTNER_UNKNOWN: every consumer of a partner domain belongs to a partner whose authorities are in the trust store, got 'globex' for 'globex' in Test; write partner: 'acme' on the consumer, or that partner in TrustStore.fromPem({ acme: 'certs/acme.pem' })",
  );
});

test.each([Consumer.system('acme', { certificates }), Consumer.system('acme-batch', { certificates, partner: 'acme' })])('accepts a consumer of a partner that is there', (consumer) => {
  expect(declared(consumer)).not.toThrow();
});
