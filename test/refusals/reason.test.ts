import { Duration } from 'aws-cdk-lib';
import { AccessTokenLifetime, BodyLimit } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each(['', 'because', '             ', '   too short  '])("refuses the reason '%s'", (reason) => {
  const message = `REASON: an exception carries the reason for which it was granted, at least 10 characters, got '${reason}'; write who accepted what risk, and why`;
  expect(refusalOf(() => BodyLimit.beyondInspection(reason))).toBe(message);
  expect(refusalOf(() => AccessTokenLifetime.exceeding(Duration.hours(1), reason))).toBe(message);
});

test('accepts a reason, without the spaces around it', () => {
  expect(BodyLimit.beyondInspection(' CISO, 2026 ').reason).toBe('CISO, 2026');
});
