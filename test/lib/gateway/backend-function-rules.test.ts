import '../../setup/every-rule';
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { VALIDATE_AGAINST_DEFAULT_RULES } from 'aws-cdk-lib/cx-api';
import { BackendFunction, RulePacks } from '../../../lib';

/** A service team's own app, which imports the environment. */
function app(use?: (backend: BackendFunction) => void, oneTimeTrustTokens?: boolean): App {
  const root = new App({ postCliContext: { [VALIDATE_AGAINST_DEFAULT_RULES]: true } });
  RulePacks.applyTo(root);
  const stack = new Stack(root, 'Rates', { env: { account: '222222222222', region: 'ap-southeast-2' } });
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0123456789abcdef0', vpcCidrBlock: '10.1.0.0/16', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] });
  const key = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:ap-southeast-2:222222222222:key/00000000-0000-0000-0000-000000000000');
  const backend = new BackendFunction(stack, 'Backend', {
    environment: { vpc, key, trustDomain: 'test.bank.example', trustIssuer: 'https://internal.test.bank.example', servesKeysInside: true },
    functionName: 'bank-rates',
    code: Code.fromAsset(__dirname),
    group: 'reference-data',
    service: 'rates',
    oneTimeTrustTokens,
  });
  use?.(backend);
  return root;
}

test('is clean under every rule pack and under CloudFormation validation', () => {
  expect(() => app().synth()).not.toThrow();
});

test('is as clean with a table of used trust tokens', () => {
  expect(() => app(undefined, true).synth()).not.toThrow();
});

test.each([
  ['an action', new PolicyStatement({ actions: ['s3:*'], resources: ['arn:aws:s3:::rates'] }), 'AwsSolutions-IAM5[Action::s3:*]'],
  ['a resource', new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }), 'AwsSolutions-IAM5[Resource::*]'],
])('leaves a grant with a wildcard for %s to the rule packs', (_, statement, finding) => {
  expect(() => app(({ grantPrincipal }) => grantPrincipal.addToPrincipalPolicy(statement)).synth()).toThrow(finding);
});
