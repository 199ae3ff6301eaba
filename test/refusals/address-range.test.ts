import { AddressRanges } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each(['0.0.0.0/0', '::/0', '203.0.113.0', '203.0.113.0/33', '2001:db8::/129', '203.0.113/24', 'office/24', ''])("refuses the source addresses '%s'", (range) => {
  expect(refusalOf(() => AddressRanges.of(range))).toBe(`ADDRESS_RANGE: source addresses are 1 to 10000 IPv4 or IPv6 ranges in CIDR notation, none of them /0, got '${range}'; write AddressRanges.of('203.0.113.0/24', '2001:db8::/32')`);
});

test('refuses an empty list, which would let nobody in', () => {
  expect(refusalOf(() => AddressRanges.of())).toMatch(/^ADDRESS_RANGE: .* got 0 ranges;/);
});

test('accepts ranges of both versions', () => {
  const { ipv4, ipv6 } = AddressRanges.of('203.0.113.7/32', '2001:db8::/32', '198.51.100.0/24', '198.51.100.0/24');
  expect([ipv4, ipv6]).toEqual([['198.51.100.0/24', '203.0.113.7/32'], ['2001:db8::/32']]);
});
