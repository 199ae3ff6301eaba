import { IdentityProvider } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each(['http://id.bank.example', 'id.bank.example', 'https://id.bank.example?tenant=1', 'https://id.bank.example#x', 'https://'])('refuses the issuer %s', (issuer) => {
  expect(refusalOf(() => new IdentityProvider({ issuer }))).toBe(`HTTPS_ONLY: tokens and keys are fetched over HTTPS, got '${issuer}'; write an https:// URL`);
});

test('refuses keys from a plain HTTP address', () => {
  expect(refusalOf(() => new IdentityProvider({ issuer: 'https://id.bank.example', jwksUri: 'http://id.bank.example/keys' }))).toContain("got 'http://id.bank.example/keys'");
});

test('accepts an https issuer and key address', () => {
  const jwksUri = 'https://id.bank.example/keys';
  expect(new IdentityProvider({ issuer: 'https://id.bank.example/realm/', jwksUri }).jwksUri).toBe(jwksUri);
});
