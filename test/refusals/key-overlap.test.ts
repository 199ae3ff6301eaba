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

test('refuses an overlap that is shorter than what verifiers cache', () => {
  expect(refusalOf(() => signingKey(Duration.minutes(19)))).toBe('KEY_OVERLAP: a public key is published at least 20 minutes before its first and after its last signature, got 19 minutes; write Duration.hours(1)');
});

test.each([Duration.minutes(20), undefined])('accepts an overlap of %s', (overlap) => {
  expect(signingKey(overlap).rotation.functionArn).toBeDefined();
});
