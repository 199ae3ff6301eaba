import { isAffordable } from '../../../lib/declaration/pattern-cost';

test.each([
  '^[A-Z]{3}$', '^\\d{4}-\\d{2}$', '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$', '^([a-z0-9]+-)*[a-z0-9]+$', '^(AUD|NZD|USD)$', '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$', '[a-z]+',
  '^\\p{L}+$', '^[\\w-]+(\\.[\\w-]+)*$', '^(?:[01]\\d|2[0-3]):[0-5]\\d$', '^[A-Za-z0-9+/]{0,2000}=?$', '^\\s*\\S+\\s*$', '^.*foo.*$', '^(?<year>\\d+)$', '^\\u0041\\x42\\u{43}$', '^[\\]\\-a-]+$', '',
])('takes %s', (pattern) => {
  expect(isAffordable(pattern)).toBe(true);
});

// Each with the kind of attack: exponential, exponential through nothing, polynomial, unreadable.
test.each([
  '^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^(\\w+\\s?)*$', '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$', '^(.*)*$', '^(a*)*$', '^(a?b?)*$',
  '^(?:a(?:|)(?:|))*$', '^(.*)(.*)(.*)x$', '\\s+\\s+$', '^(a{1,200}){1,200}$', '^(?=.*\\d).*$', '^(a)\\1$', '^(a', '^[a', '^a{1,90}b{1,90}(c{1,90}d{1,90}){1,90}$',
])('does not take %s', (pattern) => {
  expect(isAffordable(pattern)).toBe(false);
});

test('takes more of a short text', () => {
  expect([isAffordable('^(.*)(.*)(.*)x$', 100), isAffordable('^(a+)+$', 100)]).toEqual([true, false]);
});

// What the bound is worth: a text on which each pattern that is taken has to give up late.
test.each(['^([a-z0-9]+-)*[a-z0-9]+$', '^.*foo.*$', '[a-z]+\\d', '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'])('decides soon about the worst text for %s', (pattern) => {
  expect(isAffordable(pattern)).toBe(true);
  const started = process.hrtime.bigint();
  for (const text of ['a'.repeat(8192), `${'a-'.repeat(4096)}!`, 'f'.repeat(8192), 'fo'.repeat(4096)]) new RegExp(pattern, 'u').test(text);
  expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(4);
});
