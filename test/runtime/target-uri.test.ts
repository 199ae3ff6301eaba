import { normalTargetUri, targetUri } from '../../runtime/target-uri';

const URI = 'https://api.example/accounts/42';

test.each([
  'https://api.example/accounts/42?amount=1', 'https://api.example/accounts/42#top', 'https://api.example/accounts/42?a#b', 'HTTPS://API.Example/accounts/42',
  'https://api.example:443/accounts/42', 'https://api.example:/accounts/42', 'https://api.example/%61ccounts/4%32', 'https://api.example/accounts/./42', 'https://api.example/x/../accounts/42',
])('takes %s for the same target', (uri) => {
  expect(normalTargetUri(uri)).toBe(URI);
});

test.each([
  'https://api.example./accounts/42', 'https://api.example:8443/accounts/42', 'https://user@api.example/accounts/42', 'https://api.example@evil.example/accounts/42', 'http://api.example/accounts/42', 'https://api.example/accounts/42/',
  'https://api.example/Accounts/42', 'https://api.example//accounts/42', 'https://api.example/accounts%2F42', 'https://api.example/accounts/42%00', 'https://api.example/accounts/42%2', '/accounts/42',
  'https:/api.example/accounts/42', 'https:\\\\api.example\\accounts\\42', 'https://api.example\\@evil.example/accounts/42', ' https://api.example/accounts/42', 'https://api.example/accounts/42\n',
  'https://xn--p-eha.example/accounts/42', 'https://аpi.example/accounts/42', 'https://api.example/accounts;v=1/42', '', 'https://', 'https:///accounts/42',
])('does not take %j for the same target', (uri) => {
  expect(normalTargetUri(uri)).not.toBe(URI);
});

test('writes escapes in one way and keeps what they stand for', () => {
  expect(normalTargetUri('https://a/%2f%2F%c3%a9%7E')).toBe('https://a/%2F%2F%C3%A9~');
  expect(normalTargetUri('https://a/b%24c')).not.toBe(normalTargetUri('https://a/b$c'));
  expect(normalTargetUri('https://a')).toBe('https://a/');
  expect(normalTargetUri('https://a/b/..')).toBe('https://a/');
});

test('has the same form for a request as for the proof of it', () => {
  expect(targetUri('api.example', '/accounts/4%32')).toBe(URI);
  expect(targetUri('api.example', '/caf%c3%a9')).toBe(normalTargetUri('https://api.example/caf%C3%A9'));
});

test.each(['/accounts/../accounts/42', '/accounts/%2e%2E/accounts/42', '/./accounts/42', '/accounts/42%zz', 'accounts/42', '/accounts/42 ', '/caf\u00e9', ''])('has no form for a request to %j', (path) => {
  expect(targetUri('api.example', path)).toBeUndefined();
});
