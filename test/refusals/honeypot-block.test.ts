import { Duration } from 'aws-cdk-lib';
import { AddressRanges, Consumer, Honeypots, SecurityDomain, WebAclPolicy } from '../../lib';
import { checkDecoys } from '../../lib/declaration/decoys';
import { refusalOf } from '../fixtures/refusal';
import { apiGroup } from '../fixtures/declaration';

const RULE = 'HONEYPOT_BLOCK: a caller who hits a honeypot is blocked for 10 minutes to 24 hours, in whole minutes, and only where callers come from the internet, got ';
const HOUR = Honeypots.of({ blockFor: Duration.hours(1) });

test.each([Duration.minutes(9), Duration.hours(25), Duration.seconds(630)])('refuses %s', (blockFor) => {
  expect(refusalOf(() => Honeypots.of({ blockFor }))).toBe(`${RULE}${blockFor.toHumanString()}; write blockFor: Duration.hours(1)`);
});

test('refuses a list of spared networks where nobody is blocked', () => {
  expect(refusalOf(() => Honeypots.of({ neverBlock: AddressRanges.of('203.0.113.0/24') }))).toBe(`${RULE}neverBlock without blockFor; write blockFor beside it, or neither`);
});

test('refuses to block the own networks', () => {
  const domain = SecurityDomain.internal({ consumers: [Consumer.system('ledger')], honeypots: HOUR });
  expect(refusalOf(() => checkDecoys([domain], [apiGroup()]))).toBe(`${RULE}blockFor in the internal domain; write no blockFor there: its callers are in networks of your own`);
});

test('refuses a block that could meet nobody but consumers', () => {
  const domain = SecurityDomain.public({ consumers: [Consumer.browser('web')], honeypots: HOUR, webAcl: WebAclPolicy.of({ sourceAddresses: AddressRanges.of('203.0.113.0/24') }) });
  expect(refusalOf(() => checkDecoys([domain], [apiGroup()]))).toBe(`${RULE}blockFor beside sourceAddresses in the public domain; write one of them: the addresses of consumers are never blocked, and all others are refused already`);
});

test('accepts an hour in a public domain', () => {
  expect(() => checkDecoys([SecurityDomain.public({ consumers: [Consumer.browser('web')], honeypots: HOUR })], [apiGroup()])).not.toThrow();
});
