import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { ecdsaSignatureFromDer, ecdsaSignatureToDer } from '../../runtime/ecdsa-signature';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

// Coordinates with leading zeros or a high bit appear once in a few hundred signatures.
test('converts both ways what node:crypto signs', () => {
  for (let round = 0; round < 600; round += 1) {
    const message = Buffer.from(String(round));
    const der = sign('sha256', message, privateKey);
    const signature = ecdsaSignatureFromDer(der);
    expect(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    expect(ecdsaSignatureToDer(signature)).toEqual(der);
  }
});

test('keeps short coordinates', () => {
  const signature = Buffer.alloc(64);
  signature[31] = 1;
  signature[63] = 0x80;
  const der = Buffer.from('300702010102020080', 'hex');
  expect(ecdsaSignatureToDer(signature)).toEqual(der);
  expect(ecdsaSignatureFromDer(der)).toEqual(signature);
});

test.each([
  ['another length', Buffer.alloc(63, 1)],
  ['a zero coordinate', Buffer.concat([Buffer.alloc(32), Buffer.alloc(32, 1)])],
])('refuses a signature of %s', (_title, flawed) => {
  expect(ecdsaSignatureToDer(Buffer.alloc(64, 1))).toBeDefined();
  expect(ecdsaSignatureToDer(flawed)).toBeUndefined();
});
