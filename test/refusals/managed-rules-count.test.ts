import { Consumer, ManagedRules, SecurityDomain, WebAclPolicy } from '../../lib';
import { refusalOf } from '../fixtures/refusal';
import { webAcl } from '../fixtures/web-acl';

const RULE = 'MANAGED_RULES_COUNT: managed rules count instead of block until a date, today or at most 90 days ahead';
const WRITE = "write ManagedRules.countUntil('2027-03-31', reason) with such a date, or ManagedRules.BLOCK";
const counting = (date: string): SecurityDomain => SecurityDomain.public({ consumers: [Consumer.browser('web')], webAcl: WebAclPolicy.of({ managedRules: ManagedRules.countUntil(date, 'false positives are being looked for') }) });

test.each(['soon', '2027-02-30', '2027-3-1', '2027-03-31T00:00:00Z', ''])("refuses the date '%s'", (date) => {
  expect(refusalOf(() => counting(date))).toBe(`${RULE}, got '${date}'; ${WRITE}`);
});

test('refuses to count past the date', () => {
  expect(refusalOf(() => webAcl({ domain: counting('2027-03-31'), today: '2027-04-01' }))).toBe(`${RULE}, got '2027-03-31' on 2027-04-01; ${WRITE}`);
});

test('refuses a date that is too far ahead', () => {
  expect(refusalOf(() => webAcl({ domain: counting('2027-03-31'), today: '2026-12-30' }))).toMatch(/got '2027-03-31' on 2026-12-30;/);
});

test('looks at the clock where no context says what day it is', () => {
  expect(refusalOf(() => webAcl({ domain: counting('2020-01-01') }))).toMatch(/got '2020-01-01' on 20\d\d-\d\d-\d\d;/);
});

test.each(['2026-12-31', '2027-03-31'])('counts on %s', (today) => {
  expect(webAcl({ domain: counting('2027-03-31'), today }).rules.filter(({ OverrideAction }) => JSON.stringify(OverrideAction) === '{"Count":{}}')).toHaveLength(5);
});
