import { decodeBase64url, encodeBase64url } from '../../runtime/base64url';

test('reads back what it writes', () => {
  const bytes = Buffer.from([0, 255, 254, 62, 63]);
  expect(decodeBase64url(encodeBase64url(bytes))).toEqual(bytes);
  expect(encodeBase64url('é')).toBe('w6k');
});

test.each([
  ['padding', 'AA==', 'AA'],
  ['the other alphabet', '+/+/', '-_-_'],
  ['white space', 'AA AA', 'AAAA'],
  ['bits that mean nothing', 'AB', 'AA'],
  ['a length that no bytes have', 'AAAAA', 'AAAA'],
])('refuses %s', (_title, flawed, sound) => {
  expect(decodeBase64url(sound)).toBeDefined();
  expect(decodeBase64url(flawed)).toBeUndefined();
});
