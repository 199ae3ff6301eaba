import { AccessPolicies, ApiGroup } from '../../lib';
import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const RULE = 'CEDAR_OBLIGATION: an obligation is a lower-case letter and at most 63 lower-case letters, digits and : . _ -, several apart by a space';
const asking = (obligation: string, effect = 'permit', id = 'read'): string => `@id("${id}") @obligation(${JSON.stringify(obligation)}) ${effect}(principal, action, resource);`;

test.each([['Mask', 'Mask'], ['mask,notify', 'mask,notify'], ['mask "all"', '"all"'], ['', ''], ['a'.repeat(65), 'a'.repeat(65)]])('refuses the obligation %j', (obligation, wrong) => {
  expect(refusalOf(() => AccessPolicies.fromText(asking(obligation)))).toBe(`${RULE}, got '${wrong}' on 'read' at text:1; write @obligation("mask-balances")`);
});

test('refuses an obligation of what is forbidden', () => {
  expect(refusalOf(() => AccessPolicies.fromText(asking('mask', 'forbid')))).toBe(`${RULE}, got 'mask' on 'read' at text:1, which forbids; write the obligation on a permit: what is forbidden never reaches the service`);
});

test('refuses more obligations than a trust token can carry', () => {
  const declare = (count: number) => () => new ApiGroup('accounts', { services: [apiService()], accessPolicies: AccessPolicies.fromText(Array.from({ length: count }, (_, index) => asking(`o${index}`, 'permit', `p${index}`)).join('\n')) });
  expect(refusalOf(declare(17))).toBe(`${RULE}, got 17 different ones for 'accounts'; write at most 16 per API service: they travel in a header`);
  expect(declare(16)).not.toThrow();
});

test('accepts several', () => {
  expect(AccessPolicies.fromText(asking('mask-balances  notify:owner')).policies[0]?.obligations).toEqual(['mask-balances', 'notify:owner']);
});
