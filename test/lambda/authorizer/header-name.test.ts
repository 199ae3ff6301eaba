import { headerName } from '../../../lambda/authorizer/header-name';

test.each([
  ['X-Forwarded-Host', 'x-forwarded-host', false],
  ['X_Forwarded_Host', 'x-forwarded-host', true],
  ['x.api.key', 'x-api-key', true],
  ['TXN_TOKEN', 'txn-token', true],
  ['X-HTTP-Method-Override', 'x-http-method-override', true],
  ['X_Tracing_Of_Ours', 'x-tracing-of-ours', false],
])('reads %s as %s, ambiguous: %s', (name, spelling, isAmbiguous) => {
  expect(headerName(name)).toEqual({ spelling, isAmbiguous });
});

test('judges alike what it knows and what it met for the first time, after a flood of names too', () => {
  const first = headerName('X_Api_Key');
  expect(headerName('X_Api_Key')).toBe(first);
  for (let index = 0; index < 1000; index += 1) headerName(`x-flood-${index}`);
  const again = headerName('X_Api_Key');
  // Forgotten and judged anew: names do not pile up.
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});

test('does not keep long names', () => {
  const long = `x-${'a'.repeat(100)}`;
  expect(headerName(long)).not.toBe(headerName(long));
});
