import { Duration } from 'aws-cdk-lib';
import { AccessTokenLifetime } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test('refuses an access token that outlives five minutes', () => {
  expect(refusalOf(() => AccessTokenLifetime.atMost(Duration.minutes(6)))).toBe(
    'ACCESS_TOKEN_LIFETIME: an access token lives at most 5 minutes, got 6 minutes; write Duration.minutes(5) or less, or AccessTokenLifetime.exceeding(lifetime, reason)',
  );
});

test('accepts five minutes, and more for a recorded reason', () => {
  expect(AccessTokenLifetime.atMost(Duration.minutes(5)).reason).toBeUndefined();
  expect(AccessTokenLifetime.exceeding(Duration.minutes(15), 'the risk owner accepted it').reason).toBe('the risk owner accepted it');
});
