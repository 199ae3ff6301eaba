import { App, CliCredentialsStackSynthesizer, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SigningKey, SigningKeyProps } from '../../../lib';
import { confine } from '../../../lib/trust/rotated-secret';
import { actionsOf, statementsOf } from '../../fixtures/iam-policy';
import { TestStack } from '../../fixtures/test-stack';

function signingKey(props: Partial<SigningKeyProps> = {}): Template {
  const stack = new TestStack();
  const { vpc, functionSecurityGroup } = stack.network();
  new SigningKey(stack, 'SigningKey', { vpc, securityGroup: functionSecurityGroup, key: stack.key, ...props });
  return Template.fromStack(stack);
}

const template = signingKey();
const secretId = (description: string): string => Object.keys(template.findResources('AWS::SecretsManager::Secret', { Properties: { Description: Match.stringLikeRegexp(description) } }))[0]!;

test('holds the private and the published keys in secrets of their own, encrypted with the key of the environment', () => {
  expect(secretId('^Private')).not.toBe(secretId('^Public'));
  template.resourceCountIs('AWS::SecretsManager::Secret', 2);
  template.allResourcesProperties('AWS::SecretsManager::Secret', { KmsKeyId: Match.stringLikeRegexp('key/') });
});

test('carries no key material in the template, only a placeholder that Secrets Manager makes up', () => {
  expect(JSON.stringify(template.toJSON())).not.toMatch(/BEGIN|PRIVATE KEY|"SecretString"|"kty"/);
  template.allResourcesProperties('AWS::SecretsManager::Secret', { GenerateSecretString: Match.anyValue(), SecretString: Match.absent() });
});

test('rotates the private key every 30 days, or as often as declared', () => {
  const rotation = (days: number): object => ({ SecretId: { Ref: secretId('^Private') }, RotationRules: { ScheduleExpression: `rate(${days} days)` } });
  template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', rotation(30));
  template.resourceCountIs('AWS::SecretsManager::RotationSchedule', 1);
  signingKey({ rotateEvery: Duration.days(7) }).hasResourceProperties('AWS::SecretsManager::RotationSchedule', rotation(7));
});

test('tells the rotation where to publish, and runs one rotation at a time', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: Match.stringLikeRegexp('signing key'),
    ReservedConcurrentExecutions: 1,
    Environment: { Variables: { SIGNING_KEY_SECRET_ARN: { Ref: secretId('^Private') }, PUBLISHED_KEYS_SECRET_ARN: { Ref: secretId('^Public') }, KEY_OVERLAP_SECONDS: Match.stringLikeRegexp('^\\d+$') } },
  });
  const hour = signingKey({ overlap: Duration.hours(1) });
  hour.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ KEY_OVERLAP_SECONDS: '3600' }) } });
});

test('is invoked by Secrets Manager for this secret only', () => {
  template.hasResourceProperties('AWS::Lambda::Permission', { Principal: 'secretsmanager.amazonaws.com', SourceArn: { Ref: secretId('^Private') } });
});

test('gives the rotation exactly what it does to the two secrets', () => {
  const secrets = statementsOf(template).filter((statement) => actionsOf(statement).some((action) => action.startsWith('secretsmanager:')));
  expect(secrets).toEqual([
    expect.objectContaining({ Resource: { Ref: secretId('^Private') }, Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'] }),
    expect.objectContaining({ Resource: { Ref: secretId('^Public') }, Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'] }),
  ]);
});

test('lets the rotation use the key through Secrets Manager only', () => {
  const generating = statementsOf(template).filter((statement) => actionsOf(statement).includes('kms:GenerateDataKey'));
  expect(generating).toEqual([expect.objectContaining({ Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.ap-southeast-2.amazonaws.com' } } })]);
});

test('admits no other permission on the rotation than the one for its own secret', () => {
  const permissions = Object.values(template.findResources('AWS::Lambda::Permission')) as { Properties: Record<string, unknown> }[];
  expect(permissions.map(({ Properties }) => Properties)).toEqual([
    expect.objectContaining({ Principal: 'secretsmanager.amazonaws.com', SourceArn: { Ref: secretId('^Private') }, SourceAccount: '222222222222' }),
  ]);
});

test.each([
  ['^Private', 'secretsmanager:GetSecretValue', ['sign-trust-tokens', 'rotate-signing-key']],
  ['^Private', ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], ['rotate-signing-key']],
  ['^Public', ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], ['rotate-signing-key']],
])('reserves the secret %s to roles of its duties, whatever else a role may do in the account', (description, actions, duties) => {
  template.hasResourceProperties('AWS::SecretsManager::ResourcePolicy', {
    SecretId: { Ref: secretId(description) },
    ResourcePolicy: { Statement: Match.arrayWith([{ Action: actions, Effect: 'Deny', Principal: { AWS: '*' }, Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalTag/ApiSecurityDuty': duties } } }]) },
  });
});

// UpdateSecret takes a value as PutSecretValue does, and a replica in another Region has no policy of its own.
test.each(['^Private', '^Public'])('lets nobody but CloudFormation update the secret %s, and nobody copy it to another Region', (description) => {
  template.hasResourceProperties('AWS::SecretsManager::ResourcePolicy', {
    SecretId: { Ref: secretId(description) },
    ResourcePolicy: {
      Statement: Match.arrayWith([
        {
          Action: 'secretsmanager:UpdateSecret', Effect: 'Deny', Principal: { AWS: '*' }, Resource: '*',
          Condition: {
            'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' },
            'ArnNotLike': { 'aws:PrincipalArn': { 'Fn::Sub': 'arn:${AWS::Partition}:iam::222222222222:role/cdk-hnb659fds-cfn-exec-role-222222222222-ap-southeast-2' } },
          },
        },
        { Action: 'secretsmanager:ReplicateSecretToRegions', Effect: 'Deny', Principal: { AWS: '*' }, Resource: '*' },
      ]),
    },
  });
});

test('names no role where CloudFormation acts with the credentials of whoever deploys', () => {
  const stack = new Stack(new App(), 'Stack', { synthesizer: new CliCredentialsStackSynthesizer() });
  confine(new Secret(stack, 'Secret'));
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::SecretsManager::ResourcePolicy')) as [{ Properties: { ResourcePolicy: { Statement: { Condition?: unknown }[] } } }];
  expect(Properties.ResourcePolicy.Statement.map(({ Condition }) => Condition)).toEqual([{ 'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } }, undefined]);
});

test('gives the rotation role its duty', () => {
  template.hasResourceProperties('AWS::IAM::Role', { Tags: [{ Key: 'ApiSecurityDuty', Value: 'rotate-signing-key' }] });
});
