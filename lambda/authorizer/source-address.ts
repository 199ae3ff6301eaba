import { BlockList, isIP, isIPv6 } from 'node:net';
import { Refusal } from '../../runtime/refusal';

/** Lists that were read before; the configuration does not change while the handler lives. */
const known = new WeakMap<readonly string[], BlockList>();

/**
 * Demands that a request comes from one of a client's networks.
 *
 * @throws Refusal `source_mismatch`
 */
export function requireSource(ranges: readonly string[], sourceIp: string): void {
  const list = known.get(ranges) ?? blockList(ranges);
  known.set(ranges, list);
  if (isIP(sourceIp) === 0 || !list.check(sourceIp, family(sourceIp))) {
    throw new Refusal('source_mismatch');
  }
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    list.addSubnet(address, Number(prefix), family(address));
  }
  return list;
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
