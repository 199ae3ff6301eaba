import { Duration } from 'aws-cdk-lib';
import { ApiKey } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test('refuses an API key that is hardly ever replaced', () => {
  expect(refusalOf(() => ApiKey.rotatedEvery(Duration.days(366)))).toBe(
    'API_KEY_ROTATION: an API key is replaced every 1 to 365 days, in whole days, got 366 days; write ApiKey.rotatedEvery(Duration.days(90))',
  );
});

test.each([Duration.hours(12), Duration.hours(36)])('refuses a period of %s, which is no whole number of days', (period) => {
  expect(refusalOf(() => ApiKey.rotatedEvery(period))).toContain('API_KEY_ROTATION');
});

test('accepts a day and a year, and replaces a key every 90 days where nothing is said', () => {
  expect([ApiKey.rotatedEvery(Duration.hours(24)), ApiKey.rotatedEvery(Duration.days(365)), ApiKey.rotated()].map(({ period }) => period.toDays())).toEqual([1, 365, 90]);
});
