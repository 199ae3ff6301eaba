import { Quota, ServicePlan } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each([0, -1, 1.5, NaN, Infinity, 2_147_483_648])('refuses %d requests as a quota', (requests) => {
  for (const declare of [() => Quota.perDay(requests), () => Quota.perWeek(requests), () => Quota.perMonth(requests)]) {
    expect(refusalOf(declare)).toBe(`QUOTA: a quota is a whole number of 1 to 2147483647, got ${requests}; write Quota.perDay(100_000)`);
  }
});

test('accepts one request, and as many as the platform can count', () => {
  expect(Quota.perMonth(2_147_483_647).requests).toBe(2_147_483_647);
  expect(ServicePlan.of({ consumerQuota: Quota.perDay(1) }).consumerQuota?.requests).toBe(1);
});
