import { Size } from 'aws-cdk-lib';
import { BodyLimit } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test('refuses a body limit beyond what the web ACL inspects', () => {
  expect(refusalOf(() => BodyLimit.of(Size.kibibytes(65)))).toBe(
    'BODY_LIMIT: a body limit is at most what the web ACL can inspect, 64 KiB, got 65 KiB; write Size.kibibytes(64) or less, or BodyLimit.beyondInspection(reason)',
  );
});

test('accepts 64 KiB, and more for a recorded reason', () => {
  expect(BodyLimit.of(Size.kibibytes(64)).reason).toBeUndefined();
  expect(BodyLimit.beyondInspection('scans are uploaded here').reason).toBe('scans are uploaded here');
});
