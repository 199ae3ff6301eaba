import { KeySet } from '../../runtime/key-set';
import { JWKS, jwk } from '../lambda/fixtures/issuer';

const parse = (value: unknown): KeySet => KeySet.parse('issuer', Buffer.from(JSON.stringify(value)));

test('imports a key once', () => {
  const set = parse(JWKS);
  expect(set.key('rsa', 'RS256')).toBe(set.key('rsa', 'RS256'));
  expect(set.key('rsa', 'PS256')).not.toBe(set.key('rsa', 'RS256'));
});

test('refuses a key id that is not there', () => {
  const set = parse(JWKS);
  expect(set.has('toString')).toBe(false);
  expect(() => set.key('toString', 'RS256')).toThrow('key_unknown');
});

test('refuses an id that two keys share', () => {
  expect(() => parse({ keys: [jwk('ec'), jwk('otherEc')] }).key('ec', 'ES256')).not.toThrow();
  expect(() => parse({ keys: [jwk('ec'), jwk('otherEc', { kid: 'ec' })] }).key('ec', 'ES256')).toThrow('key_unsuitable');
});

test('leaves out keys without an id', () => {
  expect(parse({ keys: [jwk('ec', { kid: undefined })] }).has('ec')).toBe(false);
});

test.each([['no list of keys', {}], ['a key that is no object', { keys: ['x'] }], ['too many keys', { keys: Array.from({ length: 101 }, () => jwk('ec')) }]])(
  'fails on a document with %s', (_title, document) => {
    expect(() => parse(document)).toThrow('issuer: not a usable JWK Set');
  },
);
