import { Duration } from 'aws-cdk-lib';
import { AccessTokenLifetime } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test('refuses an access token that outlives five minutes', () => {
  expect(refusalOf(() => AccessTokenLifetime.atMost(Duration.minutes(6)))).toBe(
    'ACCESS_TOKEN_LIFETIME: an access token lives 1 second to 5 minutes, in whole seconds, got 6 minutes; write Duration.minutes(5) or less, or AccessTokenLifetime.exceeding(lifetime, reason)',
  );
});

test.each([['500 millis', Duration.millis(500)], ['1 second 500 millis', Duration.millis(1500)], ['0 minutes', Duration.minutes(0)]])('refuses an access token lifetime of %s', (got, lifetime) => {
  const message = `ACCESS_TOKEN_LIFETIME: an access token lives 1 second to 5 minutes, in whole seconds, got ${got}; write whole seconds, at least Duration.seconds(1)`;
  expect(refusalOf(() => AccessTokenLifetime.atMost(lifetime))).toBe(message);
  expect(refusalOf(() => AccessTokenLifetime.exceeding(lifetime, 'the risk owner accepted it'))).toBe(message);
});

test('accepts five minutes, and more for a recorded reason', () => {
  expect(AccessTokenLifetime.atMost(Duration.minutes(5)).reason).toBeUndefined();
  expect(AccessTokenLifetime.atMost(Duration.millis(1000)).lifetime.toSeconds()).toBe(1);
  expect(AccessTokenLifetime.exceeding(Duration.minutes(15), 'the risk owner accepted it').reason).toBe('the risk owner accepted it');
});
