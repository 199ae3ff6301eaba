import { Duration } from 'aws-cdk-lib';
import { authorizerConfiguration } from '../fixtures/authorizer';
import { refusalOf } from '../fixtures/refusal';

test.each([['6 minutes', Duration.minutes(6)], ['4 seconds', Duration.seconds(4)], ['5 seconds 500 millis', Duration.millis(5500)]])('refuses a trust token lifetime of %s', (got, tokenLifetime) => {
  expect(refusalOf(() => authorizerConfiguration({ tokenLifetime }))).toBe(`TRUST_TOKEN_LIFETIME: a trust token lives 5 seconds to 5 minutes, in whole seconds, got ${got}; write Duration.minutes(5) or less`);
});

test.each([[Duration.minutes(5), 300], [Duration.seconds(5), 5], [undefined, 60]])('accepts %s', (tokenLifetime, seconds) => {
  expect(authorizerConfiguration({ tokenLifetime }).trustTokenSeconds).toBe(seconds);
});
