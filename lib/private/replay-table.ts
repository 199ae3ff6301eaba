import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { REPLAY_TABLE_ATTRIBUTES, REPLAY_TABLE_VARIABLE } from '../contract/replay-table';
import { expiringTable, permit } from './expiring-table';

/** Properties of `ReplayTable`. */
export interface ReplayTableProps {
  /** Encrypts the table. */
  readonly key: IKey;
}

/**
 * A table that remembers what must be used once, for all instances of the functions that share it.
 *
 * It holds hashes and transaction ids, each for minutes. A conditional write decides who was first.
 */
export class ReplayTable extends Construct {
  /** The DynamoDB table. */
  public readonly table: ITable;
  private readonly key: IKey;

  public constructor(scope: Construct, id: string, { key }: ReplayTableProps) {
    super(scope, id);
    this.table = expiringTable(this, {
      partitionKey: REPLAY_TABLE_ATTRIBUTES.id,
      timeToLive: REPLAY_TABLE_ATTRIBUTES.until,
      key,
      worthless: 'Every entry is worthless after minutes, when what it remembers has expired: a backup would restore nothing that matters.',
    });
    this.key = key;
  }

  /**
   * Lets a function write to the table, and do nothing else with it, and tells the function which table it is.
   *
   * @param variable environment variable that the function finds its ARN in
   */
  public grantUse(user: Function, grantee: IGrantable = user, variable: string = REPLAY_TABLE_VARIABLE): void {
    user.addEnvironment(variable, this.table.tableArn);
    permit(grantee.grantPrincipal, 'dynamodb:PutItem', this.table, this.key);
  }
}
