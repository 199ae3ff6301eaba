import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { isPair, newSigningKey, publicJwk } from '../../../lambda/key-rotation/key-pair';

const RFC_7515_KEY = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
  },
});

test('names a key by its thumbprint', () => {
  // RFC 7638 has no EC example; this is the key of RFC 7515 appendix A.3 and its thumbprint.
  expect(publicJwk(RFC_7515_KEY.export({ type: 'pkcs8', format: 'pem' }).toString()).kid).toBe('oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U');
});

test('makes pairs, each a new one', () => {
  const [first, second] = [newSigningKey(7), newSigningKey(7)];
  expect(first.notBefore).toBe(7);
  expect(isPair(first, publicJwk(first.privateKey))).toBe(true);
  expect(isPair(first, publicJwk(second.privateKey))).toBe(false);
});

test('keeps the private half to itself', () => {
  expect(Object.keys(publicJwk(newSigningKey(0).privateKey)).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
});

test('refuses a key of another curve', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  expect(() => publicJwk(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toThrow('not a P-256 key');
});
