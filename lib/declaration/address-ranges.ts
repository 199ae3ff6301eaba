import { isIPv4, isIPv6 } from 'node:net';
import { demand } from '../private/refusal';

/** Most ranges that one address set of a web ACL holds. */
const MOST = 10_000;

/** Network addresses that requests may come from, IPv4 and IPv6. */
export class AddressRanges {
  /**
   * The addresses in these ranges, each in CIDR notation: `203.0.113.0/24`, `2001:db8::/32`, one address as `/32` or `/128`.
   *
   * The whole of the internet (`/0`) is none: leave the list out instead.
   */
  public static of(...ranges: string[]): AddressRanges {
    demand('ADDRESS_RANGE', ranges.length > 0 && ranges.length <= MOST, () => `${ranges.length} ranges`);
    for (const range of ranges) demand('ADDRESS_RANGE', isRange(range), () => `'${range}'`);
    return new AddressRanges([...new Set(ranges)].sort());
  }

  private constructor(
    /** The ranges in CIDR notation, sorted. */
    public readonly ranges: string[],
  ) {}

  /** The IPv4 ranges. */
  public get ipv4(): string[] {
    return this.ranges.filter((range) => !range.includes(':'));
  }

  /** The IPv6 ranges. */
  public get ipv6(): string[] {
    return this.ranges.filter((range) => range.includes(':'));
  }
}

function isRange(range: string): boolean {
  const [, address = '', prefix = ''] = /^([^/]+)\/(\d{1,3})$/.exec(range) ?? [];
  const longest = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  return Number(prefix) >= 1 && Number(prefix) <= longest;
}
