import type { Condition } from '../condition';

/** Paths that two readers take for two, in lower case, as the rule reads them. */
const AMBIGUOUS = [
  // Reserved characters, dots, percent signs and control characters, encoded; a percent sign that encodes nothing.
  '/a%2fb', '/a%5cb', '/%2e%2e/admin', '/a%252fb', '/a%3bb=1', '/a%00', '/a%1fb', '/a%7f', '/a%zz', '/a%4', '/a%', '/a%u002f', '/a%3fb', '/a%23b', '/a#b',
  // What needs no encoding, encoded: a route of its own to who decodes it.
  '/%61dmin', '/%5aone', '/%70lain', '/%31', '/a%2db', '/a%5fb',
  // Parameters of a segment, empty segments, segments that a reader resolves, and characters that a URL does not hold.
  '/a;b=1', '//a', '/a//b', '/a\\b', '/a/../b', '/a/./b', '/a/..', '/a/.', '/a b', '/a\u0000b', '/caf\u00e9',
  // No UTF-8 (RFC 3629 section 4): overlong forms, surrogates, beyond the last character, and octets that belong to none.
  '/a%c0%afb', '/%c0%ae%c0%ae', '/%c1%9c', '/a%e0%80%afb', '/a%f0%80%80%af', '/a%f8%80%80%80%af', '/%ed%a0%80', '/%f4%90%80%80', '/a%e2/b', '/%c3a', '/%e2%82', '/%f0%9f%98/b', '/a%bf', '/%80', '/x%c3%a9%a9', '/%e2%82%ac%bf', '/%f0%9f%98%80%80',
];

/** Paths that every reader takes for one: a rule that refused these would be switched off before long. */
const PLAIN = ['/', '/accounts', '/accounts/a-1_2.3~4', '/accounts/a+b@c:d,e!f$g', '/accounts/a%20b', '/a%7eb', '/a%28b%29', '/a%40b', '/.well-known/jwks.json', '/a/...b', '/a/b..c', '/caf%c3%a9', '/%e2%82%ac/100', '/%f0%9f%98%80'];

/** The statement tells the ambiguous paths from the plain ones, whatever the case that they are written in. */
export const TELLS_AMBIGUOUS_PATHS: readonly Condition[] = [
  { path: 'Statement.RegexMatchStatement.FieldToMatch', only: ['UriPath'] },
  { path: 'Statement.RegexMatchStatement.TextTransformations', everyItem: [{ path: 'Type', equals: 'LOWERCASE' }] },
  { path: 'Statement.RegexMatchStatement.RegexString', expressionOf: { all: AMBIGUOUS, none: PLAIN } },
];
