import { IdentityProvider, Introspection } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const PROPS = { clientId: 'gateway', clientSecretName: 'identity/introspection' };
const provider = (introspection: Introspection) => new IdentityProvider({ issuer: 'https://id.bank.example/realm', introspection });

test.each(['https://tokens.bank.example/introspect', 'https://id.bank.example:8443/introspect', 'https://id.bank.example.evil.example/introspect'])('refuses to send tokens to %s, which is not the issuer', (endpoint) => {
  expect(refusalOf(() => provider(Introspection.at(endpoint, PROPS)))).toBe(
    `INTROSPECTION_HOST: tokens are introspected on the issuer's own host, got '${endpoint}' for 'https://id.bank.example/realm'; write an endpoint there, or Introspection.onOtherHost(endpoint, reason, { … })`,
  );
});

test.each(['http://id.bank.example/introspect', 'https://user:pass@id.bank.example/introspect', 'https://id.bank.example/introspect?token=', 'https://evil.example\\@id.bank.example/'])('refuses the endpoint %s', (endpoint) => {
  expect(refusalOf(() => Introspection.at(endpoint, PROPS))).toBe(`HTTPS_ONLY: tokens and keys are fetched over HTTPS, got '${endpoint}'; write an https:// URL`);
});

test('accepts an endpoint of the issuer, and another for a recorded reason', () => {
  expect(provider(Introspection.at('https://ID.bank.example/introspect', PROPS)).introspection?.otherHostReason).toBeUndefined();
  expect(provider(Introspection.onOtherHost('https://tokens.bank.example/introspect', 'the vendor serves it there', PROPS)).introspection?.otherHostReason).toBe('the vendor serves it there');
  expect(refusalOf(() => Introspection.onOtherHost('https://tokens.bank.example/introspect', 'vendor', PROPS))).toMatch(/^REASON: /);
});
