import { capacityOf } from '../../../lib/edge/capacity';
import { matchAny } from '../../../lib/edge/pattern-match';

const PATHS = Array.from({ length: 100 }, (_, index) => `service-with-a-rather-long-name-${index}`);
const matched = (alternatives: string[], transformation?: string): { patterns: string[]; capacity: number } => {
  const statement = matchAny({ uriPath: {} }, alternatives, { before: '^/(', after: ')(/|$)', transformation });
  const statements = (statement.orStatement as { statements: typeof statement[] } | undefined)?.statements ?? [statement];
  return { patterns: statements.map((part) => (part.regexMatchStatement as { regexString: string }).regexString), capacity: capacityOf(statement) };
};

test('matches in one expression what fits in one', () => {
  expect(matched(['accounts', 'cards'])).toEqual({ patterns: ['^/(accounts|cards)(/|$)'], capacity: 3 });
});

test('spreads what does not fit over several, none longer than a web ACL takes', () => {
  const { patterns, capacity } = matched(PATHS);
  expect(patterns.length).toBeGreaterThan(1);
  expect(capacity).toBe(3 * patterns.length);
  for (const pattern of patterns) expect(pattern.length).toBeLessThanOrEqual(512);
  for (const path of PATHS) expect(patterns.filter((pattern) => new RegExp(pattern).test(`/${path}/x`))).toHaveLength(1);
});

test('pays for lower case in every expression', () => {
  const { patterns, capacity } = matched(PATHS, 'LOWERCASE');
  expect(capacity).toBe(13 * patterns.length);
});

test('matches the empty text only when nothing is declared', () => {
  expect(matched([])).toEqual({ patterns: ['^$'], capacity: 3 });
});
