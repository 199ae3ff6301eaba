import { newSigningKey, publicJwk } from '../../../lambda/key-rotation/key-pair';
import { withPublished, withRetired } from '../../../lambda/key-rotation/publication';

const [first, second] = [newSigningKey(0), newSigningKey(5000)];
const [firstPublic, secondPublic] = [publicJwk(first.privateKey), publicJwk(second.privateKey)];

test('adds a key to those that are published', () => {
  expect(withPublished([firstPublic], [second], 0)).toEqual([firstPublic, secondPublic]);
});

test('publishes a key again that was about to expire', () => {
  expect(withPublished([{ ...firstPublic, exp: 10 }], [first], 0)).toEqual([firstPublic]);
});

test('drops keys once they expired', () => {
  expect(withPublished([{ ...firstPublic, exp: 10 }], [second], 9)).toHaveLength(2);
  expect(withPublished([{ ...firstPublic, exp: 10 }], [second], 10)).toEqual([secondPublic]);
});

test('lets the others expire after the last token they may have signed', () => {
  expect(withRetired([firstPublic, secondPublic], second, 1000, 60)).toEqual([{ ...firstPublic, exp: 5060 }, secondPublic]);
  expect(withRetired([firstPublic, secondPublic], second, 6000, 60)).toEqual([{ ...firstPublic, exp: 6060 }, secondPublic]);
});

test('does not put off the end of a key', () => {
  expect(withRetired([{ ...firstPublic, exp: 2000 }, secondPublic], second, 1000, 60)[0]?.exp).toBe(2000);
});
