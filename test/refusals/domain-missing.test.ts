import { Exposure } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, apiService, internalDomain, publicDomain, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const exposed = (...exposure: Exposure[]): (() => void) => () => checkDeclaration({ environments: [testEnvironment()], securityDomains: [publicDomain(), internalDomain()], groups: [apiGroup(apiService({ exposure }))] });

test('refuses an API exposed in a domain that nobody declared', () => {
  expect(refusalOf(exposed(Exposure.PUBLIC, Exposure.PARTNER))).toBe(
    "DOMAIN_MISSING: an API is exposed only in declared security domains, got 'partner' for 'accounts', declared public, internal; write SecurityDomain.partner({ consumers: […] }) in securityDomains, or exposure: [Exposure.PUBLIC]",
  );
  expect(refusalOf(exposed(Exposure.PARTNER))).toContain('; write SecurityDomain.partner({ consumers: […] }) in securityDomains, or exposure: []');
});

test('accepts an API that was approved for a domain and is not exposed in it', () => {
  expect(exposed(Exposure.PUBLIC)).not.toThrow();
});
