import { RATE_TABLE_ATTRIBUTES as NAMES } from '../../lib/contract/rate-limit';
import { AwsJsonClient, type AwsReply } from '../../runtime/aws-json-client';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { DYNAMODB, tableName } from '../../runtime/dynamo-db';
import { isJsonObject } from '../../runtime/json';

/** Counts what all instances of an authorizer share. */
export interface RateCounter {
  /**
   * Counts one more under an id, and says how many it is.
   *
   * @param until seconds since the epoch from which nobody counts under this id any more
   * @throws DependencyFailure where that cannot be known
   */
  next(id: string, until: number): Promise<number>;
}

const DEPENDENCY = 'rate table';
const ATTEMPTS = 2;
/** Every request waits for it, and while the table hangs, this long. */
const TIMEOUT_MILLISECONDS = 1000;
/** What Node.js says of a time that is over. */
const TIMED_OUT = 'ABORT_ERR';
/** Clocks of those who share a table may differ. */
const GRACE_SECONDS = 60;

/**
 * A DynamoDB table (`RateTable`) that counts for all who share it, by one update each.
 *
 * The table adds and answers in one step, so that no two requests are told the same number, however many arrive at once.
 */
export class DynamoDbRateCounter implements RateCounter {
  private readonly client: AwsJsonClient;
  private readonly tableName: string;

  /**
   * @param tableArn names the Region too
   * @param environment credentials and endpoint, as the Lambda runtime sets them; read anew for each call
   * @throws TypeError where it is not the ARN of a table
   */
  constructor(tableArn: string, environment: Readonly<Record<string, string | undefined>>, clock: Clock, timeoutMilliseconds = TIMEOUT_MILLISECONDS) {
    this.tableName = tableName(tableArn, 'a rate table');
    this.client = new AwsJsonClient({
      service: DYNAMODB, arn: tableArn, dependency: DEPENDENCY, environment, clock, timeoutMilliseconds, keepAlive: true,
    });
  }

  async next(id: string, until: number): Promise<number> {
    const { status, body, fault } = await this.updated(id, until);
    const count = status === 200 && isJsonObject(body.Attributes) ? body.Attributes[NAMES.count] : undefined;
    const number = isJsonObject(count) ? Number(count.N) : Number.NaN;
    if (!Number.isSafeInteger(number) || number < 1) {
      throw new DependencyFailure(DEPENDENCY, `status ${status}, ${fault ?? 'an answer that is none'}`);
    }
    return number;
  }

  /** A second attempt only on a connection that was lost, as a frozen function loses it; had the first one arrived, it counts twice, never not at all. */
  private async updated(id: string, until: number): Promise<AwsReply> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.client.call('UpdateItem', {
          TableName: this.tableName,
          Key: { [NAMES.id]: { S: id } },
          UpdateExpression: 'SET #expires = :expires ADD #count :one',
          ExpressionAttributeNames: { '#expires': NAMES.expires, '#count': NAMES.count },
          ExpressionAttributeValues: { ':expires': { N: `${until + GRACE_SECONDS}` }, ':one': { N: '1' } },
          ReturnValues: 'UPDATED_NEW',
        });
      } catch (failure) {
        if (attempt === ATTEMPTS || (failure instanceof DependencyFailure && failure.fault === TIMED_OUT)) {
          throw failure;
        }
      }
    }
  }
}
