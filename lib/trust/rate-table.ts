import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { RATE_TABLE_ATTRIBUTES, RATE_TABLE_VARIABLE } from '../contract/rate-limit';
import { expiringTable, permit } from '../private/expiring-table';

/** Properties of `RateTable`. */
export interface RateTableProps {
  /** Encrypts the table. */
  readonly key: IKey;
}

/**
 * A table that counts requests, for all instances of an authorizer.
 *
 * It holds names of consumers and services and numbers, each until its window has ended. One update counts and tells the count.
 */
export class RateTable extends Construct {
  /** The DynamoDB table. */
  public readonly table: ITable;
  private readonly key: IKey;

  public constructor(scope: Construct, id: string, { key }: RateTableProps) {
    super(scope, id);
    this.table = expiringTable(this, {
      partitionKey: RATE_TABLE_ATTRIBUTES.id,
      timeToLive: RATE_TABLE_ATTRIBUTES.expires,
      key,
      worthless: 'Every count is worthless once its window has ended, a day at most: a backup would restore nothing that matters.',
    });
    this.key = key;
  }

  /** Lets a function count in the table, and do nothing else with it, and tells the function which table it is. */
  public grantCount(counter: Function, grantee: IGrantable = counter): void {
    counter.addEnvironment(RATE_TABLE_VARIABLE, this.table.tableArn);
    permit(grantee.grantPrincipal, 'dynamodb:UpdateItem', this.table, this.key);
  }
}
