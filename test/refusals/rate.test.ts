import { Rate, ServicePlan } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each([0, -1, 1.5, NaN, Infinity])('refuses %d requests as a rate', (requests) => {
  const message = `RATE: a rate or burst is a whole number of at least 1, and of one address at least 10, got ${requests}; write Rate.perSecond(10)`;
  for (const declare of [() => Rate.perSecond(requests), () => Rate.perMinute(requests)]) expect(refusalOf(declare)).toBe(message);
});

test.each([0, 2.5])('refuses a burst of %d', (burst) => {
  expect(refusalOf(() => ServicePlan.of({ burst }))).toContain(`got a burst of ${burst}; write burst: 10`);
});

test.each([9, 20.5])('refuses %d requests of one address, which the web ACL cannot count', (requestsPerAddress) => {
  expect(refusalOf(() => ServicePlan.of({ requestsPerAddress }))).toContain(`got ${requestsPerAddress} of one address; write requestsPerAddress: 10 or more`);
});

test('accepts the smallest rate, burst and count of one address', () => {
  const plan = ServicePlan.of({ rate: Rate.perMinute(1), burst: 1, requestsPerAddress: 10 });
  expect([plan.rate.requests, plan.burst, plan.requestsPerAddress]).toEqual([1, 1, 10]);
});
