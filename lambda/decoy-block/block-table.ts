import { BLOCK_TABLE_ATTRIBUTES as NAMES } from '../../lib/contract/honeypot';
import { AwsJsonClient, type AwsReply } from '../../runtime/aws-json-client';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { DYNAMODB, tableName } from '../../runtime/dynamo-db';
import { isJsonObject } from '../../runtime/json';
import type { Block, BlockStore } from './blocks';

const DEPENDENCY = 'block table';

/** Blocks in a DynamoDB table, which forgets them by itself, though late. */
export class BlockTable implements BlockStore {
  private readonly client: AwsJsonClient;
  private readonly name: string;

  /** @throws TypeError where it is not the ARN of a table */
  constructor(arn: string, environment: Readonly<Record<string, string | undefined>>, clock: Clock) {
    this.name = tableName(arn, 'a block table');
    this.client = new AwsJsonClient({ service: DYNAMODB, arn, dependency: DEPENDENCY, environment, clock });
  }

  async put({ range, until }: Block): Promise<void> {
    answered(await this.client.call('PutItem', { TableName: this.name, Item: { [NAMES.range]: { S: range }, [NAMES.until]: { N: `${until}` } } }));
  }

  async all(): Promise<Block[]> {
    const found: Block[] = [];
    for (let from: unknown; ;) {
      const { body } = answered(await this.client.call('Scan', { TableName: this.name, ConsistentRead: true, ...(from !== undefined && { ExclusiveStartKey: from }) }));
      found.push(...(Array.isArray(body.Items) ? body.Items as unknown[] : []).flatMap(blockOf));
      from = body.LastEvaluatedKey;
      if (from === undefined) {
        return found;
      }
    }
  }
}

function blockOf(item: unknown): Block[] {
  const { [NAMES.range]: name, [NAMES.until]: time } = isJsonObject(item) ? item : {};
  const range = isJsonObject(name) ? name.S : undefined;
  const until = isJsonObject(time) ? Number(time.N) : Number.NaN;
  return typeof range === 'string' && Number.isFinite(until) ? [{ range, until }] : [];
}

function answered(reply: AwsReply): AwsReply {
  if (reply.status !== 200) {
    throw new DependencyFailure(DEPENDENCY, `status ${reply.status}, ${reply.fault ?? ''}`);
  }
  return reply;
}
