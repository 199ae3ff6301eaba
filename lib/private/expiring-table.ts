import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ITable, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledged-rules';

/** What an expiring table is made of. */
interface ExpiringTableProps {
  readonly partitionKey: string;
  readonly timeToLive: string;
  readonly key: IKey;
  /** Why a backup would restore nothing that matters. */
  readonly worthless: string;
}

/** What DynamoDB does with the key of a table, as the one who writes to it. */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/** A table whose entries go by themselves, encrypted with a key of the environment. */
export function expiringTable(scope: Construct, { partitionKey, timeToLive, key, worthless }: ExpiringTableProps): Table {
  const table = new Table(scope, 'Table', {
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    timeToLiveAttribute: timeToLive,
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  acknowledge(table, { 'NIST.800.53.R5-DynamoDBInBackupPlan': worthless });
  return table;
}

/** Permits one action on a table and nothing else, and the key of the table through DynamoDB only. */
export function permit(principal: IPrincipal, action: string, table: ITable, key: IKey): void {
  principal.addToPrincipalPolicy(new PolicyStatement({ actions: [action], resources: [table.tableArn] }));
  principal.addToPrincipalPolicy(new PolicyStatement({
    actions: KEY_ACTIONS,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(table).region}.amazonaws.com` } },
  }));
}
