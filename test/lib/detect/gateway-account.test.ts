import { Match } from 'aws-cdk-lib/assertions';
import { StampedEnvironment } from '../../fixtures/environment-stage';

const stamped = new StampedEnvironment();

test('lets the gateway write logs, once per environment', () => {
  const accounts = stamped.stacks.flatMap(({ node }) => stamped.resources(node.id, 'AWS::ApiGateway::Account'));
  expect(accounts).toHaveLength(1);
  expect(stamped.resources('Foundation', 'AWS::ApiGateway::Account')).toHaveLength(1);
});

test('gives the gateway a role for logs and nothing else', () => {
  stamped.template('Foundation').hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Statement: [{ Action: Match.arrayWith(['logs:PutLogEvents']), Effect: 'Allow', Resource: '*' }] },
  });
  const [policy] = stamped.resources('Foundation', 'AWS::IAM::ManagedPolicy') as [{ PolicyDocument: { Statement: { Action: string[] }[] } }];
  expect(policy.PolicyDocument.Statement.flatMap(({ Action }) => Action).filter((action) => !/^logs:[A-Z]\w+$/.test(action))).toEqual([]);
});
