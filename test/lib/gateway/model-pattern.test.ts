import { isPortable } from '../../../lib/gateway/model-pattern';

test.each(['^[a-z]{2,5}$', '^(?:a|b)+$', '^(?!admin).*$', '\\d+\\.\\d*', '^\\S+@\\S+$', '[+*]+', '^\\w+\\+$'])('keeps %p', (pattern) => {
  expect(isPortable(pattern)).toBe(true);
});

test.each(['^\\p{L}+$', '(?<=a)b', '(?<year>\\d{4})', '(?i)abc', '\\Aabc\\z', '[[:alpha:]]', 'a++', '\\u{1F600}', '^😀$', '(unclosed'])('drops %p', (pattern) => {
  expect(isPortable(pattern)).toBe(false);
});
