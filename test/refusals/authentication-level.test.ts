import { Duration } from 'aws-cdk-lib';
import { AuthenticationLevel, AuthenticationLevelProps } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const message = (got: string): string => 'AUTHENTICATION_LEVEL: an authentication level asks for acr values or methods, at most 8 of each and each 1 to 128 visible ASCII characters without quotes or backslashes, '
  + `or for an age of whole seconds, at least 1, got ${got}; write AuthenticationLevel.of({ acrValues: ['urn:bank:mfa'], maxAge: Duration.minutes(5) })`;
const refused = (props: AuthenticationLevelProps): string => refusalOf(() => AuthenticationLevel.of(props));

test.each([{}, { acrValues: [], methods: [] }])('refuses an authentication level that asks for nothing: %j', (props) => {
  expect(refused(props)).toBe(message('neither acrValues nor methods nor maxAge'));
});

test.each(['', 'two words', 'a"; Set-Cookie: x=y', 'a\r\nSet-Cookie: x=y', 'a\\', 'é', 'x'.repeat(129)])('refuses %j, which would write a challenge of its own', (value) => {
  expect(refused({ acrValues: ['urn:bank:mfa', value] })).toBe(message(JSON.stringify(value)));
  expect(refused({ methods: [value] })).toBe(message(JSON.stringify(value)));
});

test('refuses more values than a response header has room for', () => {
  const values = Array.from({ length: 9 }, (_, index) => `acr-${index}`);
  expect(refused({ acrValues: values })).toBe(message('9 acrValues'));
  expect(refused({ methods: values })).toBe(message('9 methods'));
  AuthenticationLevel.of({ acrValues: values.slice(1), methods: values.slice(1) });
});

test.each([0, 500, 1500])('refuses a largest age of %s milliseconds', (milliseconds) => {
  expect(refused({ maxAge: Duration.millis(milliseconds) })).toBe(message(`a maxAge of ${milliseconds / 1000} seconds`));
});

test('accepts what identity providers call their classes and methods', () => {
  AuthenticationLevel.of({ acrValues: ['urn:mace:incommon:iap:silver', 'https://refeds.org/profile/mfa', '2'], methods: ['otp', 'hwk'], maxAge: Duration.seconds(1) });
});
