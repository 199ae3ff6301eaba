import { Duration } from 'aws-cdk-lib';
import { IdentityProvider } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const provider = (keysUsableThroughOutage?: Duration) => new IdentityProvider({ issuer: 'https://id.bank.example', keysUsableThroughOutage });

test.each([['299 seconds', Duration.seconds(299)], ['25 hours', Duration.hours(25)], ['300 seconds 500 millis', Duration.millis(300_500)]])('refuses keys that are used for %s through an outage', (_title, duration) => {
  expect(refusalOf(() => provider(duration))).toBe(
    `KEYS_THROUGH_OUTAGE: the keys of an identity provider that cannot be reached are used for 5 minutes to 24 hours, in whole seconds, got ${duration.toHumanString()}; write Duration.hours(1)`,
  );
});

test('accepts five minutes and a day, and takes an hour by default', () => {
  expect([Duration.minutes(5), Duration.days(1), undefined].map((duration) => provider(duration).keysUsableThroughOutage.toSeconds())).toEqual([300, 86_400, 3600]);
});
