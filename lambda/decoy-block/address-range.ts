import { isIPv4, isIPv6 } from 'node:net';

/** Bits of an IPv6 address that belong to one subscriber: who has one address there has all of them. */
export const IPV6_PREFIX = 64;

/** What is blocked for an address: itself, or its subscriber's IPv6 network; undefined for what is no address. */
export function rangeOf(address: string): string | undefined {
  if (isIPv4(address)) {
    return `${address}/32`;
  }
  return isIPv6(address) && !address.includes('.') ? `${groups(address).slice(0, 4).join(':')}::/${IPV6_PREFIX}` : undefined;
}

/** A range however it was written, so that two of them can be compared. */
export function canonical(range: string): string {
  const [address = '', prefix = ''] = range.split('/');
  return `${isIPv6(address) ? groups(address).join(':') : address}/${prefix}`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groups(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const before = [...head];
  const after = [...tail ?? []];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after].map((group) => parseInt(group, 16).toString(16));
}
