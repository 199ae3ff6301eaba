import { randomBytes } from 'node:crypto';
import { apiKey, isApiKey } from '../../lambda/api-key-value';

const KEY = apiKey(Buffer.alloc(32, 7));

test('makes one recognisable text of 32 random bytes', () => {
  expect(KEY).toMatch(/^ak_[A-Za-z0-9_-]{49}$/);
  expect(apiKey(randomBytes(32))).not.toBe(apiKey(randomBytes(32)));
  expect(isApiKey(KEY)).toBe(true);
});

test.each([['', ''], ['another prefix', KEY.replace('ak', 'sk')], ['a changed character', KEY.replace('Bw', 'Cw')], ['a changed checksum', `${KEY.slice(0, -1)}${KEY.endsWith('A') ? 'B' : 'A'}`], ['a line feed', `${KEY}\n`], ['more', `${KEY}A`]])(
  'takes %s for no key', (_title, text) => expect(isApiKey(text)).toBe(false),
);
