import { valueFault } from '../../../lambda/authorizer/parameter-value';
import type { ValueRule } from '../../../lib/contract/parameter-rule';

test.each<[ValueRule, readonly string[], readonly string[]]>([
  [{ type: ['integer'], minimum: 1, maximum: 9 }, ['1', '9'], ['0', '10', '', '1.0', '01', '+1', '1e0', '0x1', '１', ' 1', '1 ', 'NaN']],
  [{ type: ['integer'], format: 'int32' }, ['2147483647', '-2147483648'], ['2147483648', '-2147483649']],
  [{ type: ['integer'], format: 'int64' }, ['9223372036854775807', '-9223372036854775808'], ['9223372036854775808', '-9223372036854775809']],
  [{ type: ['integer'], maximum: 9007199254740992 }, ['9007199254740992'], ['9007199254740993']],
  [{ type: ['integer'], multipleOf: 3 }, ['0', '-3', '9007199254740993'], ['1', '9007199254740994']],
  [{ type: ['number'], exclusiveMinimum: 0, exclusiveMaximum: 1 }, ['0.5', '1e-3'], ['0', '1', '-0', '.5', '5.', '1e999', 'Infinity', '0,5']],
  [{ type: ['number'], multipleOf: 0.01 }, ['0.07', '19.99', '-1'], ['0.001', '19.995']],
  [{ type: ['boolean'] }, ['true', 'false'], ['TRUE', '1', '', 'yes']],
  [{ enum: ['a', 'b c'] }, ['a', 'b c'], ['A', 'b', '', 'a ']],
  [{ type: ['integer'], enum: [1, 2] }, ['1'], ['3', '01']],
  [{ minLength: 1, maxLength: 2 }, ['a', '😀😀'], ['', 'aaa']],
  [{ pattern: '^[a-z]{2}$' }, ['ab'], ['abc', 'ab\n', 'AB']],
  [{ pattern: '^\\p{L}+$' }, ['Zoë'], ['Zoë1']],
  [{ format: 'date' }, ['2024-02-29', '2000-02-29'], ['2023-02-29', '1900-02-29', '2024-13-01', '2024-00-10', '2024-1-1', '2024-02-29T00:00:00Z']],
  [{ format: 'date-time' }, ['2024-02-29T23:59:60Z', '2024-01-01t00:00:00.5+10:00'], ['2024-01-01 00:00:00Z', '2024-01-01T24:00:00Z', '2024-01-01T00:00:00', '2024-01-01']],
  [{ format: 'time' }, ['10:00:00Z'], ['10:00', '25:00:00Z']],
  [{ format: 'uuid' }, ['97053963-771d-49cc-a4e3-20aad399c312'], ['97053963771d49cca4e320aad399c312', '{97053963-771d-49cc-a4e3-20aad399c312}']],
  [{ format: 'email' }, ["o'brien@bank.example"], ['a@', '@b', 'a b@c', 'a@b@c', 'a@-b.example', `${'a'.repeat(65)}@b.example`]],
  [{ format: 'hostname' }, ['api.bank.example'], ['-a', 'a..b', 'a_b', '']],
  [{ format: 'ipv4' }, ['192.0.2.1'], ['192.0.2.256', '192.0.2', '::1', '0300.0.2.1']],
  [{ format: 'ipv6' }, ['2001:db8::1'], ['192.0.2.1', 'fe80::1%eth0']],
  [{ format: 'uri' }, ['https://bank.example/a?b#c', 'urn:a:b'], ['/a', 'https://', 'a b:c']],
  [{ format: 'byte' }, ['', 'YQ=='], ['YQ', 'Y-==']],
  [{ format: 'base64url' }, ['YQ', '_-8'], ['Y', 'YQ==']],
  [{ type: ['integer', 'string'], minimum: 1, pattern: '^all$' }, ['1', 'all'], ['0', 'none']],
  [{ allOf: [{ minLength: 2 }, { pattern: '^a' }] }, ['ab'], ['a', 'bb']],
  [{ anyOf: [{ type: ['integer'] }, { enum: ['all'] }] }, ['1', 'all'], ['none']],
  [{ oneOf: [{ type: ['integer'] }, { type: ['number'] }] }, ['1.5'], ['1', 'x']],
  [{ not: { enum: ['root'] } }, ['user'], ['root']],
])('%j', (rule, accepted, refused) => {
  expect(accepted.filter((text) => valueFault(text, rule) !== undefined)).toEqual([]);
  expect(refused.filter((text) => valueFault(text, rule) === undefined)).toEqual([]);
});
