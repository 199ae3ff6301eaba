import { Size } from 'aws-cdk-lib';
import { BodyLimit } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test('refuses a body limit beyond what the web ACL inspects', () => {
  expect(refusalOf(() => BodyLimit.of(Size.kibibytes(65)))).toBe(
    'BODY_LIMIT: a body limit is whole bytes, at least 1 and at most what the web ACL can inspect, 64 KiB, got 65 KiB; write Size.kibibytes(64) or less, or BodyLimit.beyondInspection(reason)',
  );
});

test.each([['0.3 KiB', Size.kibibytes(0.3)], ['0.00048828125 KiB', Size.bytes(0.5)], ['0 KiB', Size.bytes(0)]])('refuses a body limit of %s', (got, size) => {
  expect(refusalOf(() => BodyLimit.of(size))).toBe(
    `BODY_LIMIT: a body limit is whole bytes, at least 1 and at most what the web ACL can inspect, 64 KiB, got ${got}; write whole bytes, at least Size.bytes(1)`,
  );
});

test('accepts 64 KiB, and more for a recorded reason', () => {
  expect(BodyLimit.of(Size.kibibytes(1.5)).size.toBytes()).toBe(1536);
  expect(BodyLimit.of(Size.kibibytes(64)).reason).toBeUndefined();
  expect(BodyLimit.beyondInspection('scans are uploaded here').reason).toBe('scans are uploaded here');
});
