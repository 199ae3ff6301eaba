import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ITable, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { REPLAY_TABLE_ATTRIBUTES, REPLAY_TABLE_VARIABLE } from '../contract/replay-table';
import { acknowledge } from './acknowledged-rules';

/** Properties of `ReplayTable`. */
export interface ReplayTableProps {
  /** Encrypts the table. */
  readonly key: IKey;
}

/** What DynamoDB does with the key of a table, as the one who writes to it. */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/**
 * A table that remembers what must be used once, for all instances of the functions that share it.
 *
 * It holds hashes and transaction ids, each for minutes. A conditional write decides who was first.
 */
export class ReplayTable extends Construct {
  /** The DynamoDB table. */
  public readonly table: ITable;
  private readonly key: IKey;

  public constructor(scope: Construct, id: string, props: ReplayTableProps) {
    super(scope, id);
    const table = new Table(this, 'Table', {
      partitionKey: { name: REPLAY_TABLE_ATTRIBUTES.id, type: AttributeType.STRING },
      timeToLiveAttribute: REPLAY_TABLE_ATTRIBUTES.until,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(table, { 'NIST.800.53.R5-DynamoDBInBackupPlan': 'Every entry is worthless after minutes, when what it remembers has expired: a backup would restore nothing that matters.' });
    this.table = table;
    this.key = props.key;
  }

  /** Lets a function write to the table, and do nothing else with it, and tells the function which table it is. */
  public grantUse(user: Function, grantee: IGrantable = user): void {
    const { grantPrincipal } = grantee;
    user.addEnvironment(REPLAY_TABLE_VARIABLE, this.table.tableArn);
    grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [this.table.tableArn] }));
    grantPrincipal.addToPrincipalPolicy(new PolicyStatement({
      actions: KEY_ACTIONS,
      resources: [this.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` } },
    }));
  }
}
