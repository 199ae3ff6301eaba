import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ApiKey, Consumer, SecurityDomain } from '../../../lib';
import { everyDomain, partnerDomain, publicDomain } from '../../fixtures/declaration';
import { StampedEnvironment } from '../../fixtures/environment-stage';
import { actionsOf, statementsOf } from '../../fixtures/iam-policy';

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

test('lets Secrets Manager invoke the rotation for these secrets only', () => {
  const permissions = Object.values(template.findResources('AWS::Lambda::Permission', { Properties: { Principal: 'secretsmanager.amazonaws.com' } })) as { Properties: Record<string, unknown> }[];
  expect(permissions.map(({ Properties }) => [Properties.SourceArn, Properties.SourceAccount])).toEqual(KEYS.map((Ref) => [{ Ref }, '222222222222']));
});

test('lets the rotation write exactly these secrets, and the authorizer read exactly these and the signing key', () => {
  const writes = statementsOf(template).filter((statement) => actionsOf(statement).includes('secretsmanager:PutSecretValue'));
  expect(writes.map(({ Resource }) => Resource)).toEqual(KEYS.map((Ref) => ({ Ref })));
  const reads = statementsOf(template).filter((statement) => actionsOf(statement).join() === 'secretsmanager:GetSecretValue,secretsmanager:DescribeSecret');
  const ofAuthorizer = reads.map(({ Resource }) => JSON.stringify(Resource)).filter((resource) => !resource.includes('PublishedKeys'));
  expect(ofAuthorizer).toEqual([expect.stringContaining('SigningKeyPrivateKey'), ...KEYS.map((Ref) => JSON.stringify({ Ref }))]);
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
