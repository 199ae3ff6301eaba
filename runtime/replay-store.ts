import { REPLAY_TABLE_ATTRIBUTES as NAMES } from '../lib/contract/replay-table';
import { AwsJsonClient } from './aws-json-client';
import { seconds, type Clock } from './clock';
import { DependencyFailure } from './dependency-failure';
import { DYNAMODB, tableName } from './dynamo-db';

/** Something that must happen once. */
export interface Use {
  /** What is used: the same for each use of the same thing. */
  readonly id: string;
  /** Who uses it: unguessable, and another for each use. */
  readonly user: string;
  /** Seconds since the epoch from which no use would be accepted anyway. */
  readonly until: number;
}

/** Remembers what has been used. */
export interface ReplayStore {
  /** True for the first use and for no other. @throws DependencyFailure where that cannot be known */
  isFirst(use: Use): Promise<boolean>;
}

const DEPENDENCY = 'replay table';
const ATTEMPTS = 2;
const TIMEOUT_MILLISECONDS = 1500;
/** Clocks of those who share a table may differ. */
const GRACE_SECONDS = 60;

/**
 * A DynamoDB table (`ReplayTable`) that remembers uses for all who share it.
 *
 * A write succeeds where nothing was written, or where this same use wrote it: a reply that got lost is asked for again, and
 * the second attempt does not take the first one for somebody else's.
 */
export class DynamoDbReplayStore implements ReplayStore {
  private readonly client: AwsJsonClient;
  private readonly tableName: string;

  /**
   * @param tableArn names the Region too
   * @param environment credentials and endpoint, as the Lambda runtime sets them; read anew for each call
   * @throws TypeError where it is not the ARN of a table
   */
  constructor(tableArn: string, environment: Readonly<Record<string, string | undefined>> = process.env, clock: Clock = Date.now) {
    this.tableName = tableName(tableArn, 'a replay table');
    this.client = new AwsJsonClient({
      service: DYNAMODB, arn: tableArn, dependency: DEPENDENCY, environment, clock, timeoutMilliseconds: TIMEOUT_MILLISECONDS, keepAlive: true,
    });
  }

  async isFirst(use: Use): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.written(use);
      } catch (failure) {
        if (attempt === ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  private async written({ id, user, until }: Use): Promise<boolean> {
    const { status, fault } = await this.client.call('PutItem', {
      TableName: this.tableName,
      Item: { [NAMES.id]: { S: id }, [NAMES.user]: { S: user }, [NAMES.until]: { N: `${until + GRACE_SECONDS}` } },
      ConditionExpression: 'attribute_not_exists(#id) OR #user = :user',
      ExpressionAttributeNames: { '#id': NAMES.id, '#user': NAMES.user },
      ExpressionAttributeValues: { ':user': { S: user } },
    });
    if (status !== 200 && fault !== 'ConditionalCheckFailedException') {
      throw new DependencyFailure(DEPENDENCY, `status ${status}, ${fault ?? ''}`);
    }
    return status === 200;
  }
}

/** Most uses that are remembered in memory. */
const MAX_REMEMBERED = 10_000;

/**
 * What this process has seen already, in front of a store that all share: who repeats a request meets no table.
 *
 * The shared store alone decides what is new; what is forgotten here is still known there.
 */
export class RememberedUses implements ReplayStore {
  private readonly seen = new Map<string, number>();

  constructor(private readonly shared: ReplayStore, private readonly clock: Clock, private readonly onFailure: (failure: DependencyFailure) => void = () => undefined) {}

  async isFirst(use: Use): Promise<boolean> {
    const now = seconds(this.clock);
    if ((this.seen.get(use.id) ?? 0) > now) {
      return false;
    }
    this.forget(now);
    // Before the answer is known: whatever it is, this use was one.
    this.seen.set(use.id, use.until);
    try {
      return await this.shared.isFirst(use);
    } catch (error) {
      if (error instanceof DependencyFailure) {
        this.onFailure(error);
      }
      throw error;
    }
  }

  /** Oldest first, which is nearly the order in which they end. */
  private forget(now: number): void {
    for (const [id, until] of this.seen) {
      if (until > now && this.seen.size < MAX_REMEMBERED) {
        return;
      }
      this.seen.delete(id);
    }
  }
}
