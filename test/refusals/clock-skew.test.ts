import { Duration } from 'aws-cdk-lib';
import { IdentityProvider } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const issuer = 'https://id.bank.example';

test('refuses to forgive a clock difference above 30 seconds', () => {
  expect(refusalOf(() => new IdentityProvider({ issuer, clockSkew: Duration.seconds(31) }))).toBe(
    'CLOCK_SKEW: a clock difference of at most 30 seconds is forgiven, in whole seconds, got 31 seconds; write Duration.seconds(30) or less',
  );
});

test('refuses to forgive half a second, which no whole number says', () => {
  expect(refusalOf(() => new IdentityProvider({ issuer, clockSkew: Duration.millis(500) }))).toContain('got 500 millis; write Duration.seconds(30) or less');
});

test('accepts 30 seconds', () => {
  expect(new IdentityProvider({ issuer, clockSkew: Duration.seconds(30) }).clockSkew.toSeconds()).toBe(30);
});
