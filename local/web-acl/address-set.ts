import { BlockList, isIPv6 } from 'node:net';

/** A set of addresses, from `1.2.3.0/24` style ranges. */
export class AddressSet {
  private readonly list = new BlockList();

  constructor(public readonly ranges: readonly string[]) {
    for (const range of ranges) {
      const [address, prefix] = range.split('/');
      this.list.addSubnet(address!, Number(prefix), isIPv6(address!) ? 'ipv6' : 'ipv4');
    }
  }

  /** Whether the address is in one of the ranges. */
  public has(address: string): boolean {
    return this.list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  }
}
