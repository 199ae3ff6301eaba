import { Scopes } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each(['', 'accounts read', 'accounts"read', 'accounts\\read', 'accounts\tread', 'kontén'])("refuses the scope '%s', which no token can carry", (scope) => {
  const message = `SCOPE: a scope is one word without quotes or backslashes (RFC 6749), got '${scope}'; write Scopes.allOf('accounts:read', 'accounts:write')`;
  for (const declare of [() => Scopes.allOf('a', scope), () => Scopes.anyOf(scope), () => Scopes.anyOfAll(['a'], [scope])]) expect(refusalOf(declare)).toBe(message);
});

test.each(['accounts:read', 'https://api.example/accounts.read', 'a'])("accepts the scope '%s'", (scope) => {
  expect(Scopes.allOf(scope).names).toEqual([scope]);
});
