import { IdentityProvider } from '../../lib';
import { production, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const identityProvider = new IdentityProvider({ issuer: 'https://id.sandbox.bank.example', nonProduction: true });

test('refuses a non-production issuer in production', () => {
  expect(refusalOf(() => production({ identityProvider }))).toBe(
    "PRODUCTION_ISSUER: production trusts a production issuer only, got 'https://id.sandbox.bank.example', which is marked nonProduction; write an identity provider that no other environment uses and that is not marked nonProduction",
  );
});

test('accepts it elsewhere, and a production issuer in production', () => {
  expect(testEnvironment({ identityProvider }).identityProvider).toBe(identityProvider);
  expect(production().identityProvider.nonProduction).toBe(false);
});
