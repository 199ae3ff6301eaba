import { testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test.each(['', '10.0.0.0', '10.0.0.0/15', '10.0.0.0/19', '10.0.1.0/16', '10.0.32.0/18', '256.0.0.0/16', '010.0.0.0/16', 'fd00::/16'])("refuses the address range '%s'", (cidr) => {
  expect(refusalOf(() => testEnvironment({ cidr }))).toBe(`ENVIRONMENT_CIDR: the address range of an environment is an IPv4 network of /16 to /18, got '${cidr}' for Test; write cidr: '10.0.0.0/16'`);
});

test.each(['10.0.0.0/16', '172.16.128.0/17', '100.64.64.0/18'])('accepts the address range %s', (cidr) => {
  expect(testEnvironment({ cidr }).cidr).toBe(cidr);
});
