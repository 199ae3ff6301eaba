import { MOST_BLOCKED } from '../../lib/contract/honeypot';
import { seconds, type Clock } from '../../runtime/clock';
import { rangeOf } from './address-range';
import type { Hit } from './hits';
import type { NeverBlocked } from './never-blocked';

/** A range that is blocked, and until when in seconds since the epoch. */
export interface Block {
  readonly range: string;
  readonly until: number;
}

/** Where blocks are remembered. */
export interface BlockStore {
  put(block: Block): Promise<void>;
  all(): Promise<Block[]>;
}

/** What the web ACL blocks. */
export interface BlockedRanges {
  replace(wanted: () => Promise<readonly string[]>): Promise<void>;
}

/** What blocks depend on. */
export interface BlocksProps {
  readonly table: BlockStore;
  readonly sets: { readonly ipv4: BlockedRanges; readonly ipv6: BlockedRanges };
  readonly never: NeverBlocked;
  readonly blockSeconds: number;
  readonly clock: Clock;
  /** Takes one record of each address that took a decoy. */
  readonly record: (line: object) => void;
}

/** Who is blocked, from a hit until its time is over. */
export class Blocks {
  constructor(private readonly props: BlocksProps) {}

  /** Remembers the addresses of hits. A further hit prolongs a block. */
  async take(hits: readonly Hit[]): Promise<void> {
    const { table, never, blockSeconds, clock, record } = this.props;
    for (const { decoy, sourceIp } of new Map(hits.map((hit) => [hit.sourceIp, hit])).values()) {
      const range = rangeOf(sourceIp);
      const spared = range === undefined || never.has(sourceIp);
      const until = seconds(clock) + blockSeconds;
      if (!spared) {
        await table.put({ range, until });
      }
      record({ type: 'decoy', time: new Date(clock()).toISOString(), decoy, sourceIp, outcome: spared ? 'spared' : 'blocked', ...(!spared && { range, until }) });
    }
  }

  /** Makes what the web ACL blocks what the table says: no more, no less, the latest where there are too many. */
  async settle(): Promise<void> {
    const { sets } = this.props;
    await sets.ipv4.replace(async () => (await this.ranges()).filter((range) => !range.includes(':')).slice(0, MOST_BLOCKED));
    await sets.ipv6.replace(async () => (await this.ranges()).filter((range) => range.includes(':')).slice(0, MOST_BLOCKED));
  }

  private async ranges(): Promise<string[]> {
    const now = seconds(this.props.clock);
    const live = (await this.props.table.all()).filter(({ until }) => until > now);
    return live.sort((one, other) => other.until - one.until).map(({ range }) => range);
  }
}
