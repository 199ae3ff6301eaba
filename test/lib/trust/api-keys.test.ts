import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ApiKey, Consumer, SecurityDomain } from '../../../lib';
import { everyDomain, partnerDomain, publicDomain } from '../../fixtures/declaration';
import { StampedEnvironment } from '../../fixtures/environment-stage';
import { statementsOf } from '../../fixtures/iam-policy';

const internal = SecurityDomain.internal({
  consumers: [Consumer.system('batch', { apiKey: ApiKey.rotated() }), Consumer.system('ledger', { apiKey: ApiKey.rotatedEvery(Duration.days(30)) }), Consumer.system('archive')],
});
const stamped = new StampedEnvironment({ securityDomains: [publicDomain(), partnerDomain(), internal] });
const template = stamped.template('Internal');
const secretOf = (consumer: string): string => Object.keys(template.findResources('AWS::SecretsManager::Secret', { Properties: { Name: `Test/internal/${consumer}/api-key` } }))[0]!;
const KEYS = ['batch', 'ledger'].map(secretOf);

test('holds a key for each consumer that needs one in a secret of its own, encrypted with the key of the environment', () => {
  template.resourceCountIs('AWS::SecretsManager::Secret', 2);
  expect(new Set(KEYS).size).toBe(2);
  template.allResourcesProperties('AWS::SecretsManager::Secret', { KmsKeyId: Match.anyValue() });
});

test('carries no key in the template, only a placeholder that Secrets Manager makes up', () => {
  template.allResourcesProperties('AWS::SecretsManager::Secret', { GenerateSecretString: Match.anyValue(), SecretString: Match.absent() });
  expect(JSON.stringify(template.toJSON())).not.toMatch(/ak_[A-Za-z0-9_-]{40}/);
});

test('rotates each key as often as its consumer declares', () => {
  for (const [secret, days] of [[KEYS[0], 90], [KEYS[1], 30]]) {
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', { SecretId: { Ref: secret }, RotationRules: { ScheduleExpression: `rate(${days} days)` } });
  }
});

// A rate of one has its unit in the singular.
test('rotates a key every day where its consumer declares that', () => {
  const daily = new StampedEnvironment({ securityDomains: [publicDomain(), partnerDomain(), SecurityDomain.internal({ consumers: [Consumer.system('ledger', { apiKey: ApiKey.rotatedEvery(Duration.days(1)) })] })] });
  daily.template('Internal').hasResourceProperties('AWS::SecretsManager::RotationSchedule', { RotationRules: { ScheduleExpression: 'rate(1 day)' } });
});

test('lets Secrets Manager invoke the rotation for these secrets only', () => {
  const permissions = Object.values(template.findResources('AWS::Lambda::Permission', { Properties: { Principal: 'secretsmanager.amazonaws.com' } })) as { Properties: Record<string, unknown> }[];
  expect(permissions.map(({ Properties }) => [JSON.stringify(Properties.SourceArn), Properties.SourceAccount])).toEqual([[expect.stringContaining('secretsmanager:ap-southeast-2:222222222222:secret:Test/internal/*/api-key-??????'), '222222222222']]);
});

test('lets the rotation write exactly these secrets, and the authorizer read exactly these and the signing key', () => {
  const resourcesOf = (action: string, principal: RegExp): unknown[] => Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(([id]) => principal.test(id))
    .map(([, { Properties }]) => Properties as { PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] } })
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement).filter(({ Action }) => [Action].flat().includes(action)).flatMap(({ Resource }) => Resource);
  const secrets = KEYS.map((Ref) => ({ Ref }));
  expect(resourcesOf('secretsmanager:PutSecretValue', /^ApiKeys/)).toEqual(secrets);
  expect(resourcesOf('secretsmanager:GetSecretValue', /^Authorizer/)).toEqual([expect.objectContaining({ 'Fn::ImportValue': expect.stringContaining('SigningKeyPrivateKey') }), ...secrets]);
  expect(resourcesOf('secretsmanager:PutSecretValue', /^Authorizer/)).toEqual([]);
  expect(JSON.stringify(statementsOf(stamped.template('Public')))).not.toMatch(/api-key|ApiKeys/);
});

test('reserves the keys: to be read by authorizer, rotation and whoever delivers them, to be written by the rotation', () => {
  for (const Ref of KEYS) {
    const statement = (Action: string | string[], duties: string | string[]): object => ({ Action, Effect: 'Deny', Principal: { AWS: '*' }, Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalTag/ApiSecurityDuty': duties } } });
    template.hasResourceProperties('AWS::SecretsManager::ResourcePolicy', {
      SecretId: { Ref },
      ResourcePolicy: {
        Statement: Match.arrayWith([
          statement('secretsmanager:GetSecretValue', ['sign-trust-tokens', 'rotate-api-keys', 'deliver-api-keys']),
          statement(['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], ['rotate-api-keys']),
          Match.objectLike({ Action: 'secretsmanager:UpdateSecret', Effect: 'Deny' }),
          { Action: 'secretsmanager:ReplicateSecretToRegions', Effect: 'Deny', Principal: { AWS: '*' }, Resource: '*' },
        ]),
      },
    });
  }
  template.hasResourceProperties('AWS::IAM::Role', { Tags: Match.arrayWith([{ Key: 'ApiSecurityDuty', Value: 'rotate-api-keys' }]) });
});

test('stamps nothing in a domain without API keys', () => {
  const plain = new StampedEnvironment({ securityDomains: everyDomain() });
  for (const domain of ['Public', 'Partner', 'Internal']) plain.template(domain).resourceCountIs('AWS::SecretsManager::Secret', 0);
});
