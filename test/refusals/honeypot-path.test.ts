import { Consumer, HoneypotPath, Honeypots, SecurityDomain } from '../../lib';
import { checkDecoys } from '../../lib/declaration/decoys';
import { apiGroup } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const RULE = 'HONEYPOT_PATH: a honeypot is at a path that no API has, of 1 to 6 segments of letters, digits, dots, underscores and hyphens, at most 20 of them, got ';
const WRITE = "; write HoneypotPath.get('/customers/export')";
const check = (path: string): void => checkDecoys([SecurityDomain.public({ consumers: [Consumer.browser('web-bank')], honeypots: Honeypots.of({ paths: [HoneypotPath.get(path)] }) })], [apiGroup()]);

test.each(['', '/', 'admin', '/admin/', '/a//b', '/a/../b', '/.', '/{proxy+}', '/a b', '/a%2fb', '/a/b/c/d/e/f/g'])('refuses %p', (path) => {
  expect(refusalOf(() => HoneypotPath.get(path))).toBe(`${RULE}'${path}'${WRITE}`);
});

test.each([['/accounts/accounts/1', 'the API service at /accounts'], ['/accounts', 'the API service at /accounts'], ['/Accounts/export', 'the API service at /accounts'], ['/.well-known/jwks.json', 'the public keys']])('refuses %s, which honest callers know', (path, owner) => {
  expect(refusalOf(() => check(path))).toBe(`${RULE}'${path}' in the public domain, which belongs to ${owner}${WRITE}`);
});

test('refuses an empty list, which would seem to watch something', () => {
  expect(refusalOf(() => Honeypots.of({ paths: [] }))).toBe(`${RULE}0 paths${WRITE}`);
});

test('accepts names beside those of services, and files that scanners look for', () => {
  expect(['/accounts-archive/export', '/accountsx', '/.env'].map((path) => HoneypotPath.get(path).path)).toHaveLength(3);
});
