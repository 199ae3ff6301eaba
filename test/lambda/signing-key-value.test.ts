import { newSigningKey } from '../../lambda/key-rotation/key-pair';
import { parseSigningKey } from '../../lambda/signing-key-value';

const key = newSigningKey(7);

test('reads a key, with or without the moment from which it signs', () => {
  const { notBefore, ...atOnce } = key;
  expect(notBefore).toBe(7);
  expect(parseSigningKey(JSON.stringify({ ...key, other: 1 }))).toEqual(key);
  expect(parseSigningKey(JSON.stringify(atOnce))).toEqual(atOnce);
});

test.each([
  ['a placeholder', 'to be rotated'],
  ['an empty text', ''],
  ['another algorithm', JSON.stringify({ ...key, alg: 'RS256' })],
  ['no private key', JSON.stringify({ ...key, privateKey: undefined })],
  ['a moment that is a text', JSON.stringify({ ...key, notBefore: '7' })],
])('finds no key in %s', (_title, value) => {
  expect(parseSigningKey(value)).toBeUndefined();
});
