import { IdentityProvider, TokenAlgorithm } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const issuer = 'https://id.bank.example';

test('refuses an identity provider whose every token would be refused', () => {
  expect(refusalOf(() => new IdentityProvider({ issuer, algorithms: [] }))).toBe(
    "TOKEN_ALGORITHMS: an identity provider signs with at least one accepted algorithm, got none for 'https://id.bank.example'; write algorithms: [TokenAlgorithm.PS256]",
  );
});

test('accepts one algorithm', () => {
  expect(new IdentityProvider({ issuer, algorithms: [TokenAlgorithm.EDDSA] }).algorithms).toEqual(['EdDSA']);
});
