import { grantedScopes, optionalDate, optionalObject, optionalText, optionalTexts, requiredText, requireAudience, requireIssuer, requireLifetime } from '../../runtime/claims';
import type { JsonObject } from '../../runtime/json';

const BOUNDS = { now: 1000, clockSkewSeconds: 5, maxLifetimeSeconds: 300 };

test.each<[string, string, JsonObject, JsonObject]>([
  ['an expired token', 'token_expired', { iat: 900, exp: 1000 }, { iat: 900, exp: 1001 }],
  ['a token from the future', 'token_not_yet_valid', { iat: 1006, exp: 1100 }, { iat: 1005, exp: 1100 }],
  ['a token before its time', 'token_not_yet_valid', { iat: 900, nbf: 1006, exp: 1100 }, { iat: 900, nbf: 1005, exp: 1100 }],
  ['a token of the future whose nbf has passed', 'token_not_yet_valid', { iat: 1006, nbf: 900, exp: 1100 }, { iat: 1005, nbf: 900, exp: 1100 }],
  ['a long life', 'token_lifetime', { iat: 990, exp: 1291 }, { iat: 990, exp: 1290 }],
  ['an end before the beginning', 'claims_invalid', { iat: 1003, exp: 1003 }, { iat: 1003, exp: 1004 }],
  ['a life without an end', 'claims_invalid', { iat: 990 }, { iat: 990, exp: 1290 }],
  ['a date beyond all dates', 'claims_invalid', { iat: 990, exp: 253402300800 }, { iat: 990, exp: 1290 }],
  ['a negative date', 'claims_invalid', { iat: -1, exp: 1100 }, { iat: 990, exp: 1100 }],
  ['a fraction of a second', 'claims_invalid', { iat: 990.5, exp: 1100 }, { iat: 990, exp: 1100 }],
])('refuses %s', (_title, reason, flawed, sound) => {
  expect(() => requireLifetime(sound, BOUNDS)).not.toThrow();
  expect(() => requireLifetime(flawed, BOUNDS)).toThrow(reason);
});

test('tells when a token was issued and when it expires', () => {
  expect(requireLifetime({ iat: 990, exp: 1100 }, BOUNDS)).toEqual({ issuedAt: 990, expiresAt: 1100 });
});

test('refuses another issuer', () => {
  expect(() => requireIssuer({ iss: 'a' }, 'a')).not.toThrow();
  expect(() => requireIssuer({ iss: 'a/' }, 'a')).toThrow('issuer_mismatch');
  expect(() => requireIssuer({ iss: ['a'] }, 'a')).toThrow('issuer_mismatch');
});

test('refuses another audience', () => {
  expect(() => requireAudience({ aud: ['b', 'a'] }, 'a')).not.toThrow();
  expect(() => requireAudience({ aud: 'ab' }, 'a')).toThrow('audience_mismatch');
  expect(() => requireAudience({}, 'a')).toThrow('audience_mismatch');
});

test('refuses texts, dates, lists and objects that are none', () => {
  const flawed: JsonObject = { a: { b: 1 }, c: '', d: 'x'.repeat(513), e: [1] };
  expect(() => requiredText({}, 'a')).toThrow('claims_invalid');
  expect(['a', 'c', 'd', 'e'].map((name) => attempt(() => optionalText(flawed, name)))).toEqual(Array(4).fill('claims_invalid'));
  expect(attempt(() => optionalTexts(flawed, 'e'))).toBe('claims_invalid');
  expect(attempt(() => optionalObject(flawed, 'e'))).toBe('claims_invalid');
  expect(attempt(() => optionalDate(flawed, 'c'))).toBe('claims_invalid');
});

test('leaves absent claims absent', () => {
  expect([optionalText({}, 'a'), optionalTexts({}, 'a'), optionalObject({}, 'a'), optionalDate({}, 'a')]).toEqual(Array(4).fill(undefined));
});

test('splits scopes at spaces', () => {
  expect([...grantedScopes({ scope: ' a  b a ' })]).toEqual(['a', 'b']);
  expect(grantedScopes({}).size).toBe(0);
  expect(() => grantedScopes({ scope: ['a'] })).toThrow('claims_invalid');
});

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return (error as Error).message;
  }
}
