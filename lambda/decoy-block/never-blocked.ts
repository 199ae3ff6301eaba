import { BlockList, isIPv6 } from 'node:net';
import { IPV6_PREFIX } from './address-range';

/** Networks that are not the internet: an address of theirs is our own, or no address of a caller. */
const NOT_INTERNET = ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3', '::/16', 'fc00::/7', 'fe80::/10', 'ff00::/8'];

/** Addresses that are never blocked. */
export class NeverBlocked {
  /** One for each version: in a common list `::/16` would hold every IPv4 address as well, as a mapped one. */
  private readonly lists = { ipv4: new BlockList(), ipv6: new BlockList() };

  /** @param ranges in CIDR notation */
  constructor(ranges: readonly string[]) {
    for (const range of [...NOT_INTERNET, ...ranges]) {
      const [address = '', prefix] = range.split('/');
      const family = familyOf(address);
      // A block takes a whole IPv6 network, so one address in it spares all of it.
      this.lists[family].addSubnet(address, family === 'ipv6' ? Math.min(Number(prefix), IPV6_PREFIX) : Number(prefix), family);
    }
  }

  has(address: string): boolean {
    return this.lists[familyOf(address)].check(address, familyOf(address));
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
