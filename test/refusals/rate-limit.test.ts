import { Duration } from 'aws-cdk-lib';
import { Rate, RateLimit, ServicePlan } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const RULE = 'RATE_LIMIT: a rate limit is a whole number of requests in a window of whole seconds, at most a day, at most 1,000 a second, and no more than the rate of a consumer lets through';

test.each([0, -1, 1.5, NaN, Infinity, 60_001])('refuses %d requests in a minute', (requests) => {
  expect(refusalOf(() => RateLimit.perMinute(requests))).toBe(`${RULE}, got ${requests} in 60 seconds; write RateLimit.perMinute(600)`);
});

test.each([Duration.seconds(0), Duration.millis(1500), Duration.days(2)])('refuses a window of $amount', (window) => {
  expect(refusalOf(() => RateLimit.per(window, 10))).toContain(`got a window of ${window.toSeconds({ integral: false })} seconds; write`);
});

test('refuses a limit that the rate of a consumer does not let anybody reach', () => {
  const plan = (requests: number) => () => ServicePlan.of({ consumerRate: Rate.perSecond(10), consumerBurst: 20, consumerLimit: RateLimit.perMinute(requests) });
  expect(refusalOf(plan(621))).toBe(`${RULE}, got 621 in 60 seconds, of which the consumer's rate lets 620 through; write a lower consumerLimit, or a higher consumerRate`);
  expect(plan(620)().consumerLimit?.requests).toBe(620);
});

test('accepts the shortest and the longest window, and the most that one entry of the table can count', () => {
  const [second, day] = [RateLimit.per(Duration.seconds(1), 1000), RateLimit.perDay(86_400_000)];
  expect([second.windowSeconds, day.windowSeconds, RateLimit.perHour(1).windowSeconds]).toEqual([1, 86_400, 3600]);
});

test('asks for the reason why requests are let through uncounted', () => {
  expect(refusalOf(() => RateLimit.perMinute(10, { admitUncountedBecause: 'why not' }))).toContain("REASON: an exception carries the reason for which it was granted, at least 10 characters, got 'why not'");
  expect(RateLimit.perMinute(10, { admitUncountedBecause: ' Rates are no secret. ' }).admitUncountedBecause).toBe('Rates are no secret.');
});
