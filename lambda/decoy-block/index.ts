import type { CloudWatchLogsEvent } from 'aws-lambda';
import { DECOY_BLOCK_ENVIRONMENT as NAMES } from '../../lib/contract/honeypot';
import { requiredVariable } from '../environment';
import { AddressSet } from './address-set';
import { Blocks } from './blocks';
import { BlockTable } from './block-table';
import { hitsOf } from './hits';
import { NeverBlocked } from './never-blocked';

const clock = Date.now;
const blocks = new Blocks({
  table: new BlockTable(requiredVariable(NAMES.table), process.env, clock),
  sets: { ipv4: new AddressSet(requiredVariable(NAMES.ipv4Set), process.env, clock), ipv6: new AddressSet(requiredVariable(NAMES.ipv6Set), process.env, clock) },
  never: new NeverBlocked((process.env[NAMES.never] ?? '').split(' ').filter((range) => range !== '')),
  blockSeconds: Number(requiredVariable(NAMES.seconds)),
  clock,
  record: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
});

/** Takes records of the web ACL's log, and without any, each minute, ends the blocks whose time is over. */
export const handler = async (event: Partial<CloudWatchLogsEvent>): Promise<void> => {
  await blocks.take(hitsOf(event));
  await blocks.settle();
};
