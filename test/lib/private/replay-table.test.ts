import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ReplayTable } from '../../../lib';
import { actionsOf, statementsOf } from '../../fixtures/iam-policy';
import { TestStack } from '../../fixtures/test-stack';

const stack = new TestStack();
const user = new Function(stack, 'User', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => undefined;') });
new ReplayTable(stack, 'Uses', { key: stack.key }).grantUse(user);
const template = Template.fromStack(stack);
const [table] = Object.keys(template.findResources('AWS::DynamoDB::Table'));

test('forgets by itself, scales by itself and is encrypted with the key of its environment', () => {
  template.hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
    BillingMode: 'PAY_PER_REQUEST',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: stack.key.keyArn },
  });
});

test('lets its user write and never read, change or delete, by the key of the table only through DynamoDB', () => {
  const [write, key, ...others] = statementsOf(template);
  expect(write).toMatchObject({ Action: 'dynamodb:PutItem', Resource: { 'Fn::GetAtt': [table, 'Arn'] } });
  expect(key).toMatchObject({ Resource: stack.key.keyArn, Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.ap-southeast-2.amazonaws.com' } } });
  expect(actionsOf(key!).join()).not.toContain('*');
  expect(others).toEqual([]);
});

test('tells its user which table it is', () => {
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { REPLAY_TABLE_ARN: { 'Fn::GetAtt': [table, 'Arn'] } } } });
});
