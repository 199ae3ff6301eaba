import { Template } from 'aws-cdk-lib/assertions';
import { EnvironmentKey } from '../../../lib';
import { TestStack } from '../../fixtures/test-stack';

const stack = new TestStack();
new EnvironmentKey(stack, 'Key');
const template = Template.fromStack(stack);
const [key] = Object.values(template.findResources('AWS::KMS::Key')) as { Properties: { KeyPolicy: { Statement: { Principal: { Service?: string; AWS?: unknown }; Action: string | string[]; Condition?: object }[] } } }[];

test('rotates, and survives its stack', () => {
  template.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

test('serves the logs and alarms of its own account only', () => {
  const services = key!.Properties.KeyPolicy.Statement.filter(({ Principal }) => Principal.Service !== undefined);
  expect(services.map(({ Principal }) => Principal.Service)).toEqual(['logs.ap-southeast-2.amazonaws.com', 'delivery.logs.amazonaws.com', 'cloudwatch.amazonaws.com']);
  for (const { Condition, Action } of services) {
    expect(JSON.stringify(Condition)).toContain('222222222222');
    expect([Action].flat()).not.toContain('kms:*');
  }
});

test('is administered by its own account and by nobody else', () => {
  const administrators = key!.Properties.KeyPolicy.Statement.filter(({ Action }) => [Action].flat().includes('kms:*'));
  expect(administrators).toHaveLength(1);
  expect(JSON.stringify(administrators[0]!.Principal)).toContain('222222222222:root');
});
