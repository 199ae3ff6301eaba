import { PartnerDomainProps, SecurityDomain } from '../../lib';
import { partnerDomain } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test('refuses a partner domain without mutual TLS', () => {
  const { consumers } = partnerDomain();
  // Languages without strict types, and casts, get here.
  expect(refusalOf(() => SecurityDomain.partner({ consumers } as unknown as PartnerDomainProps))).toBe(
    "PARTNER_TRUST_STORE: a partner domain has a trust store of certificate authorities, got none; write trustStore: TrustStore.fromPem('certs/partners.pem')",
  );
});

test('accepts a partner domain with a trust store', () => {
  expect(partnerDomain().trustStore).toBeDefined();
});
