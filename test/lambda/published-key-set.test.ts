import { newSigningKey, publicJwk } from '../../lambda/key-rotation/key-pair';
import { keysInUse, parsePublishedKeys } from '../../lambda/published-key-set';

const key = publicJwk(newSigningKey(0).privateKey);

test('copies what belongs to a public key', () => {
  expect(parsePublishedKeys(JSON.stringify({ keys: [{ ...key, exp: 7, d: 'x', other: 1 }] }))).toEqual([{ ...key, exp: 7 }]);
});

test('leaves out what is no key of this kind', () => {
  expect(parsePublishedKeys(JSON.stringify({ keys: [{ ...key, kty: 'oct' }, { ...key, crv: 'P-384' }, { ...key, kid: 1 }, 'x', null, key] }))).toEqual([key]);
});

test('tells an empty set from no set', () => {
  expect(parsePublishedKeys('{"keys":[]}')).toEqual([]);
  expect([parsePublishedKeys('to be rotated'), parsePublishedKeys('{}'), parsePublishedKeys('{"keys":1}')]).toEqual([undefined, undefined, undefined]);
});

test('uses a key until it expires', () => {
  const expiring = { ...key, exp: 10 };
  expect(keysInUse([key, expiring], 9)).toEqual([key, expiring]);
  expect(keysInUse([key, expiring], 10)).toEqual([key]);
});
