import { Quota, ServicePlan } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each([0, -1, 1.5, NaN, Infinity])('refuses %d requests as a quota', (requests) => {
  for (const declare of [() => Quota.perDay(requests), () => Quota.perWeek(requests), () => Quota.perMonth(requests)]) {
    expect(refusalOf(declare)).toBe(`QUOTA: a quota is a whole number of at least 1, got ${requests}; write Quota.perDay(100_000)`);
  }
});

test('accepts one request', () => {
  expect(ServicePlan.of({ consumerQuota: Quota.perDay(1) }).consumerQuota?.requests).toBe(1);
});
