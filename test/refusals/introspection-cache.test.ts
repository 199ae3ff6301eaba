import { Duration } from 'aws-cdk-lib';
import { Introspection } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const remembered = (cacheFor?: Duration) => Introspection.at('https://id.bank.example/introspect', { clientId: 'gateway', clientSecretName: 'identity/introspection', cacheFor }).cacheFor.toSeconds();

test.each([Duration.seconds(301), Duration.millis(1500)])('refuses answers that are remembered for %s', (cacheFor) => {
  expect(refusalOf(() => remembered(cacheFor))).toBe(
    `INTROSPECTION_CACHE: what introspection says of a token is remembered for at most 5 minutes, in whole seconds, got ${cacheFor.toHumanString()}; write Duration.seconds(30)`,
  );
});

test('remembers for 30 seconds by default, and accepts none and five minutes', () => {
  expect([undefined, Duration.seconds(0), Duration.minutes(5)].map(remembered)).toEqual([30, 0, 300]);
});
