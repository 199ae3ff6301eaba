import { constants, generateKeyPairSync, sign } from 'node:crypto';
import type { JsonObject } from '../../runtime/json';
import { isSignatureAlgorithm, verificationKey, type SignatureAlgorithm } from '../../runtime/verification-key';
import { jwk, KEYS } from '../lambda/fixtures/issuer';

const text = 'message';
const message = Buffer.from(text);
const pss = (saltLength: number): Buffer =>
  sign('sha256', message, { key: KEYS.rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });

test('verifies PS256 with a salt of 32 bytes and no other', () => {
  const key = verificationKey(jwk('rsa'), 'PS256');
  expect([0, 20, 32, 64].map((salt) => key.verifies(text, pss(salt)))).toEqual([false, false, true, false]);
});

test('does not verify one RSA scheme as the other', () => {
  const pkcs1 = sign('sha256', message, KEYS.rsa.privateKey);
  expect(verificationKey(jwk('rsa'), 'RS256').verifies(text, pkcs1)).toBe(true);
  expect(verificationKey(jwk('rsa'), 'PS256').verifies(text, pkcs1)).toBe(false);
  expect(verificationKey(jwk('rsa'), 'RS256').verifies(text, pss(32))).toBe(false);
});

test('does not verify an ECDSA signature in DER', () => {
  const key = verificationKey(jwk('ec'), 'ES256');
  expect(key.verifies(text, sign('sha256', message, { key: KEYS.ec.privateKey, dsaEncoding: 'ieee-p1363' }))).toBe(true);
  expect(key.verifies(text, sign('sha256', message, KEYS.ec.privateKey))).toBe(false);
});

test.each<[string, JsonObject, SignatureAlgorithm, JsonObject]>([
  ['a key of another type', jwk('ec'), 'RS256', jwk('rsa')],
  ['a key of another curve', jwk('p384'), 'ES256', jwk('ec')],
  ['a key that claims another curve', jwk('p384', { crv: 'P-256' }), 'ES256', jwk('ec')],
  ['a key for another algorithm', jwk('rsa', { alg: 'PS256' }), 'RS256', jwk('rsa', { alg: 'RS256' })],
  ['a key for encryption', jwk('rsa', { use: 'enc' }), 'RS256', jwk('rsa', { use: 'sig' })],
  ['a key that may not verify', jwk('rsa', { key_ops: ['sign'] }), 'RS256', jwk('rsa', { key_ops: ['verify'] })],
  ['key operations that are no list', jwk('rsa', { key_ops: 'verify' }), 'RS256', jwk('rsa')],
  ['a private key', KEYS.ec.privateKey.export({ format: 'jwk' }) as JsonObject, 'ES256', jwk('ec')],
  ['a password', { kty: 'oct', k: 'AAAA' }, 'RS256', jwk('rsa')],
  ['an RSA key of 1024 bits', jwk('weakRsa'), 'RS256', jwk('rsa')],
  ['an RSA key of 1024 bits for PS256', jwk('weakRsa'), 'PS256', jwk('rsa')],
  ['an RSA key with exponent 3', generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }).publicKey.export({ format: 'jwk' }) as JsonObject, 'RS256', jwk('rsa')],
  ['a point that is not on the curve', jwk('ec', { y: jwk('ec').x }), 'ES256', jwk('ec')],
  ['a key without its members', { kty: 'RSA' }, 'RS256', jwk('rsa')],
])('refuses %s', (_title, flawed, alg, sound) => {
  expect(() => verificationKey(sound, alg)).not.toThrow();
  expect(() => verificationKey(flawed, alg)).toThrow('key_unsuitable');
});

test('knows four algorithms', () => {
  expect(['RS256', 'PS256', 'ES256', 'EdDSA', 'none', 'HS256', 'RS1', undefined].map(isSignatureAlgorithm)).toEqual([true, true, true, true, false, false, false, false]);
});
