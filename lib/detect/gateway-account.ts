import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledged-rules';

/**
 * Lets API Gateway write logs in this account and Region.
 *
 * It is one setting per account and Region, so it belongs to the environment and not to any REST API.
 */
export class GatewayAccount extends Construct {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const policy = new ManagedPolicy(this, 'Policy', {
      statements: [new PolicyStatement({
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:PutLogEvents', 'logs:GetLogEvents', 'logs:FilterLogEvents'],
        resources: ['*'],
      })],
    });
    acknowledge(policy, { 'AwsSolutions-IAM5[Resource::*]': 'API Gateway creates execution log groups under names of its own choice, for every REST API of the account; its role for that cannot name them.' });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com'), managedPolicies: [policy] });
    new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
  }
}
