import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { ApiGroup, Backend, BackendFunction, Consumer, Exposure, MessageSignatures, MessageSigningKey, SecurityDomain } from '../../../lib';
import { signatureVariables, unverifiedSignatures } from '../../../lib/gateway/signed-messages';
import { apiService } from '../../fixtures/declaration';
import { actionsOf, statementsOf } from '../../fixtures/iam-policy';
import { TestStack } from '../../fixtures/test-stack';

const directory = mkdtempSync(join(tmpdir(), 'signed-messages-'));
afterAll(() => rmSync(directory, { recursive: true }));

const { publicKey } = generateKeyPairSync('ed25519');
writeFileSync(join(directory, 'test.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
const signingKeys = [MessageSigningKey.fromPem('2027', join(directory, '{environment}.pem'))];

const service = apiService({ backend: Backend.lambda('bank-accounts'), exposure: [Exposure.PARTNER, Exposure.INTERNAL], messageSignatures: MessageSignatures.required({ operations: ['post /accounts'] }) });
const group = new ApiGroup('accounts', { services: [service, apiService({ backend: Backend.lambda('bank-other') }, 'other')] });
const securityDomains = [
  SecurityDomain.public({ consumers: [Consumer.system('outsider', { signingKeys })] }),
  SecurityDomain.internal({ consumers: [Consumer.system('batch', { signingKeys }), Consumer.system('ledger'), Consumer.system('elsewhere', { groups: [], signingKeys })] }),
];

function template(name: string): Template {
  const base = new TestStack();
  const stack = new Stack(base.node.root, 'Own', { env: { account: base.account, region: base.region } });
  new BackendFunction(stack, 'Accounts', {
    environment: { vpc: base.network().vpc, key: base.key, trustDomain: 'test.bank.example', trustIssuer: 'https://internal.test.bank.example', servesKeysInside: true, groups: [group], securityDomains, environmentName: 'Test' },
    functionName: `bank-${name}`, code: Code.fromAsset(__dirname), group: 'accounts', service: name, variables: { NONCE_TABLE_ARN: 'another', MESSAGE_SIGNATURES: '{}' },
  });
  return Template.fromStack(stack);
}

test('tells a function the keys of those who may call it, and remembers their nonces in a table that it may write to only', () => {
  const signed = template('accounts');
  const [table] = Object.keys(signed.findResources('AWS::DynamoDB::Table'));
  const arn = { 'Fn::GetAtt': [table, 'Arn'] };
  signed.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ NONCE_TABLE_ARN: arn, MESSAGE_SIGNATURES: Match.serializedJson({ operations: ['post /accounts'], maxAgeSeconds: 60, keys: { internal: { batch: { 2027: publicKey.export({ format: 'jwk' }) } } } }) }) },
  });
  expect(statementsOf(signed).filter((statement) => actionsOf(statement).some((action) => action.startsWith('dynamodb:')))).toEqual([{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arn }]);
  signed.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupEgress: Match.arrayWith([Match.objectLike({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 })]) });
});

test('has neither a table nor keys where a service asks for no signatures', () => {
  const unsigned = template('other');
  unsigned.resourceCountIs('AWS::DynamoDB::Table', 0);
  unsigned.resourcePropertiesCountIs('AWS::EC2::SecurityGroup', { SecurityGroupEgress: Match.arrayWith([Match.objectLike({ CidrIp: '0.0.0.0/0' })]) }, 0);
});

test('asks for signatures and names no key where the consumers are unknown', () => {
  const { MESSAGE_SIGNATURES } = signatureVariables({ environment: { groups: [group] }, group: 'accounts', service: 'accounts' });
  expect(JSON.parse(MESSAGE_SIGNATURES!)).toEqual({ operations: ['post /accounts'], maxAgeSeconds: 60, keys: {} });
});

test('lists signatures that nobody enforces, of a backend that is reached by its URL', () => {
  const https = apiService({ messageSignatures: MessageSignatures.required() });
  expect(unverifiedSignatures({ group, service: https })).toHaveLength(1);
  expect(unverifiedSignatures({ group, service })).toEqual([]);
  expect(unverifiedSignatures({ group, service: apiService() })).toEqual([]);
});
