import { AntiDdos, Consumer, Countries, SecurityDomain, WebAclPolicy, WebAclPolicyProps } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const internal = (webAcl: WebAclPolicyProps): SecurityDomain => SecurityDomain.internal({ consumers: [Consumer.system('ledger')], webAcl: WebAclPolicy.of(webAcl) });

test.each<[string, WebAclPolicyProps]>([['countries', { countries: Countries.only('AU') }], ['antiDdos', { antiDdos: AntiDdos.LOW }]])('refuses %s in an internal domain', (name, webAcl) => {
  expect(refusalOf(() => internal(webAcl))).toBe(`WEB_ACL_INTERNAL: an internal domain, which the internet cannot reach, needs no rules on countries and no anti-DDoS rule group, got ${name}; write neither countries nor antiDdos in the webAcl of SecurityDomain.internal`);
});

test('accepts them in a public domain', () => {
  expect(SecurityDomain.public({ consumers: [Consumer.browser('web')], webAcl: WebAclPolicy.of({ countries: Countries.only('AU'), antiDdos: AntiDdos.LOW }) }).webAcl.antiDdos).toBe(AntiDdos.LOW);
});
