import { Duration } from 'aws-cdk-lib';
import { AddressLimit } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test('refuses a window that the platform does not count over', () => {
  expect(refusalOf(() => AddressLimit.ofService(100, Duration.seconds(90)))).toBe('ADDRESS_LIMIT: requests of one address are counted over 1, 2, 5 or 10 minutes, got 1 minute 30 seconds; write Duration.minutes(5)');
});

test('refuses fewer requests than the platform can count', () => {
  expect(refusalOf(() => AddressLimit.ofOperation('get /', 9))).toMatch(/^RATE: .* got 9 of one address; write AddressLimit\.ofService\(10\) or more$/);
});

test.each([1, 2, 5, 10])('accepts a window of %i minutes', (minutes) => {
  expect(AddressLimit.ofOperation('get /', 10, Duration.minutes(minutes)).window.toMinutes()).toBe(minutes);
});
