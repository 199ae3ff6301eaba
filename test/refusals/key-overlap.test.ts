import { App, Duration, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { SigningKey } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

function signingKey(overlap: Duration | undefined): SigningKey {
  const stack = new Stack(new App(), 'Trust');
  const vpc = new Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  return new SigningKey(stack, 'SigningKey', { vpc, securityGroup: new SecurityGroup(stack, 'Group', { vpc }), key: new Key(stack, 'Key'), overlap });
}

test.each([
  ['shorter than what verifiers cache', '19 minutes', Duration.minutes(19)],
  ['of no whole number of seconds', '20 minutes 500 millis', Duration.millis(1_200_500)],
])('refuses an overlap %s', (_title, got, overlap) => {
  expect(refusalOf(() => signingKey(overlap))).toBe(`KEY_OVERLAP: a public key is published at least 20 minutes before its first and after its last signature, in whole seconds, got ${got}; write Duration.hours(1)`);
});

test.each([Duration.minutes(20), undefined])('accepts an overlap of %s', (overlap) => {
  expect(signingKey(overlap).rotation.functionArn).toBeDefined();
});
