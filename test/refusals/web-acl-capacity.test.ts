import { Size } from 'aws-cdk-lib';
import { BodyLimit, CapacityBudget, Consumer, SecurityDomain, WebAclPolicy } from '../../lib';
import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';
import { webAcl } from '../fixtures/web-acl';

const services = (count: number): ReturnType<typeof apiService>[] => Array.from({ length: count }, (_, index) => apiService({ bodyLimit: BodyLimit.of(Size.kibibytes(index % 60 + 1)), basePath: `s${index}` }, `service-${index}`));
const distinct = (count: number): ReturnType<typeof apiService>[] => Array.from({ length: count }, (_, index) => apiService({ bodyLimit: BodyLimit.of(Size.bytes(index + 1)) }, `service-${index}`));

test('refuses more rules than a web ACL has capacity for', () => {
  expect(refusalOf(() => webAcl({ services: distinct(61) }))).toBe("WEB_ACL_CAPACITY: a web ACL stays within its capacity budget, 1,500 units unless more was declared, got 1503 for 'public'; write fewer media types, different body limits or limits of addresses among the services of that domain, fewer rules, or CapacityBudget.upTo(units, reason)");
});

test('accepts rules that fill the capacity, however many services share them', () => {
  expect(webAcl({ services: distinct(60) }).construct.capacity).toBe(1496);
  expect(webAcl({ services: services(120) }).construct.capacity).toBeLessThanOrEqual(1500);
});

const budget = (units: number): SecurityDomain => SecurityDomain.public({ consumers: [Consumer.browser('web')], webAcl: WebAclPolicy.of({ capacityBudget: CapacityBudget.upTo(units, 'many limits, agreed with finance') }) });

test.each([1500, 5001, 1500.5])('refuses a budget of %s units', (units) => {
  expect(refusalOf(() => budget(units))).toMatch(new RegExp(`got a budget of ${units}; write CapacityBudget\\.upTo\\(2000, reason\\), a whole number of 1501 to 5000$`));
});

test('spends more than the base price only as far as was declared, for a reason', () => {
  expect(webAcl({ services: distinct(61), domain: budget(1600) }).construct.capacity).toBe(1503);
  expect(refusalOf(() => webAcl({ services: distinct(90), domain: budget(1600) }))).toMatch(/got \d+ for 'public', of 1600 declared;/);
  expect(refusalOf(() => CapacityBudget.upTo(1600, 'more'))).toMatch(/^REASON: /);
});
