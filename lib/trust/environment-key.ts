import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** The key that encrypts an environment's secrets, logs and archive. */
export class EnvironmentKey extends Construct {
  /** For other stacks: grants on it stay in their own roles, since a key policy that names them would tie the stacks in a circle. */
  public readonly key: IKey;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const key = new Key(this, 'Key', { description: 'Secrets, logs and archive of this environment', enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
    const { region, account, partition } = Stack.of(this);
    key.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` } },
    }));
    key.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }));
    key.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }));
    this.key = Key.fromKeyArn(this, 'Shared', key.keyArn);
  }
}
