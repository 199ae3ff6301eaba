import { Match } from 'aws-cdk-lib/assertions';
import { StampedEnvironment } from '../../fixtures/environment-stage';
import { actionsOf, Statement, statementsOf } from '../../fixtures/iam-policy';

const stamped = new StampedEnvironment();
const STACKS = ['Trust', 'Public', 'Partner', 'Internal'];
const statements = STACKS.flatMap((id) => statementsOf(stamped.template(id)));

test.each(STACKS)('runs the functions of %s on a current runtime, inside the network and traced', (id) => {
  stamped.template(id).allResourcesProperties('AWS::Lambda::Function', {
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    TracingConfig: { Mode: 'Active' },
    VpcConfig: { SecurityGroupIds: Match.anyValue(), SubnetIds: Match.anyValue() },
  });
});

test('gives no function a wildcard action', () => {
  expect(statements.flatMap(actionsOf).filter((action) => action.includes('*'))).toEqual([]);
});

test('names every resource but those that have no name: traces and network interfaces', () => {
  const unnamed = statements.filter(({ Resource }) => [Resource].flat().some((resource) => typeof resource === 'string' && resource.endsWith('*')));
  expect(new Set(unnamed.flatMap(actionsOf).map((action) => action.split(':')[0]))).toEqual(new Set(['xray', 'ec2']));
});

test('withholds network interface actions from the code of the handler', () => {
  const networked = statements.filter((statement: Statement) => actionsOf(statement).some((action) => action.startsWith('ec2:')));
  expect(networked).toHaveLength(5);
  for (const { Condition } of networked) expect(Condition).toEqual({ Null: { 'lambda:SourceFunctionArn': 'true' } });
});

test('uses no policies that somebody else maintains', () => {
  const attached = STACKS.flatMap((id) => stamped.resources(id, 'AWS::IAM::Role')).flatMap(({ ManagedPolicyArns }) => ManagedPolicyArns as object[]);
  expect(JSON.stringify(attached)).not.toContain(':aws:policy/');
  expect(attached).toHaveLength(5);
});

test.each(STACKS)('keeps the logs of %s for a year, encrypted, beyond the life of its stack', (id) => {
  stamped.template(id).allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain', Properties: Match.objectLike({ RetentionInDays: 365, KmsKeyId: Match.anyValue() }) });
});
