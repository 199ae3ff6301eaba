import { Canary, Consumer, Honeypots, SecurityDomain } from '../../lib';
import { checkDecoys } from '../../lib/declaration/decoys';
import { refusalOf } from '../fixtures/refusal';
import { apiGroup, internalDomain } from '../fixtures/declaration';

const RULE = 'CANARY: a canary is a credential that no consumer has, at most 20 of them in a security domain, got ';
const WRITE = "; write Canary.client('legacy-batch') or Canary.apiKey('billing-export') with a name that no consumer has";
const check = (...canaries: Canary[]): string => refusalOf(() => checkDecoys([SecurityDomain.public({ consumers: [Consumer.browser('web', { clientId: 'web-bank' })], honeypots: Honeypots.of({ canaries }) }), internalDomain()], [apiGroup()]));

test('refuses the client id of a consumer, whose every request would alarm', () => {
  expect(check(Canary.client('web-bank'))).toBe(`${RULE}the client id 'web-bank' in the public domain, which a consumer has${WRITE}`);
});

test('refuses the client id of a consumer of another domain', () => {
  expect(check(Canary.client('ledger'))).toBe(`${RULE}the client id 'ledger' in the public domain, which a consumer has${WRITE}`);
});

test('refuses an API key that is called like a consumer\'s', () => {
  expect(check(Canary.apiKey('web'))).toBe(`${RULE}the API key 'web' in the public domain, where a consumer is called so${WRITE}`);
});

test('refuses a client id that no token can have', () => {
  expect(refusalOf(() => Canary.client('a b'))).toBe(`${RULE}the client id 'a b'; write a client id of 1 to 256 visible ASCII characters`);
});

test('refuses more than the web ACL can look for', () => {
  expect(refusalOf(() => Honeypots.of({ canaries: Array.from({ length: 21 }, (_, index) => Canary.client(`client-${index}`)) }))).toBe(`${RULE}21 canaries${WRITE}`);
});
