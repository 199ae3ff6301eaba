import { unappliedPolicies } from '../../../lib/evidence/unapplied-policies';

const GET = { type: 'Action', id: 'GET' }, CLOSE = { type: 'Action', id: 'closeAccount' };

function configuration(action: unknown, listed: readonly string[], policy = true): object {
  return {
    accessPolicies: { accounts: { one: policy ? { policy: { effect: 'forbid', action } } : {} }, cards: { other: { policy: { effect: 'forbid', action: { op: 'All' } } } } },
    operations: {
      'accounts DELETE /accounts/{id}': { id: 'closeAccount', service: 'accounts', access: { policies: listed } },
      'loans GET /loans': { id: 'listLoans', service: 'loans' },
    },
  };
}

test.each<[string, unknown, boolean]>([
  ['every action', { op: 'All' }, true],
  ['the operation', { op: '==', entity: CLOSE }, true],
  ['the operation among others', { op: 'in', entities: [GET, CLOSE] }, true],
  ['its method', { op: 'in', entity: { type: 'Action', id: 'DELETE' } }, true],
  ['another operation', { op: '==', entity: { type: 'Action', id: 'openAccount' } }, false],
  ['another method', { op: 'in', entities: [GET] }, false],
  ['nobody knows what', undefined, true],
  ['what a later version knows', { op: 'like' }, true],
])('misses a policy that covers %s where it does', (_title, action, covered) => {
  expect(unappliedPolicies(configuration(action, []))).toEqual(covered ? ['accounts DELETE /accounts/{id}: one'] : []);
  expect(unappliedPolicies(configuration(action, ['one']))).toEqual([]);
});

test('misses none of those that a policy store holds, and none of no configuration', () => {
  expect(unappliedPolicies(configuration({ op: 'All' }, [], false))).toEqual([]);
  for (const broken of [undefined, null, [], {}, { operations: [] }]) expect(unappliedPolicies(broken)).toEqual([]);
});
