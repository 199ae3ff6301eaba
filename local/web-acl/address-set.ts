import { BlockList, isIPv6 } from 'node:net';

/** A set of addresses, from `1.2.3.0/24` style ranges. */
export class AddressSet {
  /** True for a set that is declared empty: it is there for a function of the environment to write. */
  public readonly isWritten: boolean;
  private list = new BlockList();

  constructor(private held: readonly string[]) {
    this.isWritten = held.length === 0;
    this.replace(held);
  }

  public get ranges(): readonly string[] {
    return this.held;
  }

  /** Holds these ranges from now on. */
  public replace(ranges: readonly string[]): void {
    const list = new BlockList();
    for (const range of ranges) {
      const [address, prefix] = range.split('/');
      list.addSubnet(address!, Number(prefix), isIPv6(address!) ? 'ipv6' : 'ipv4');
    }
    [this.held, this.list] = [ranges, list];
  }

  /** Whether somebody on this machine can call from one of the ranges. */
  public get reachesLoopback(): boolean {
    return this.has('127.0.0.1') || this.has('::1') || this.ranges.some(isLoopback);
  }

  /** Whether any of the ranges is of the address's version. */
  public canHold(address: string): boolean {
    return this.ranges.some((range) => range.includes(':') === isIPv6(address));
  }

  /** Whether the address is in one of the ranges. */
  public has(address: string): boolean {
    return this.list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  }
}

/** Whether an address, or the start of a range, is this machine's own. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || /^::1(\/|$)/.test(address);
}
