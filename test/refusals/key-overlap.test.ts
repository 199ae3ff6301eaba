import { Duration } from 'aws-cdk-lib';
import { SigningKey } from '../../lib';
import { refusalOf } from '../fixtures/refusal';
import { TestStack } from '../fixtures/test-stack';

function signingKey(overlap?: Duration): SigningKey {
  const stack = new TestStack();
  const { vpc, functionSecurityGroup } = stack.network();
  return new SigningKey(stack, 'SigningKey', { vpc, securityGroup: functionSecurityGroup, key: stack.key, overlap });
}

test('refuses to sign with a key that verifiers may not have read yet', () => {
  expect(refusalOf(() => signingKey(Duration.minutes(19)))).toBe(
    'KEY_OVERLAP: a public key is published at least 20 minutes before its first and after its last signature, got 19 minutes; write Duration.hours(1)',
  );
});

test('accepts 20 minutes, and its own default', () => {
  expect(signingKey(Duration.minutes(20)).rotation).toBeDefined();
  expect(signingKey().rotation).toBeDefined();
});
