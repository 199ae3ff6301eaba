import { isRecord, items, valueAt } from './value';

/**
 * The access policies that an authorizer carries and leaves out where they cover an operation, as `operation key: policy id`.
 *
 * It evaluates the policies that its configuration lists for an operation and no other: a `forbid` that is not in the list forbids
 * nothing. Policies that lie in a policy store are all evaluated there.
 */
export function unappliedPolicies(configuration: unknown): string[] {
  return Object.entries(record(valueAt(configuration, 'operations'))).flatMap(([key, operation]) => {
    const actions = [valueAt(operation, 'id'), key.split(' ')[1]];
    const listed = items(valueAt(operation, 'access.policies'));
    const declared = Object.entries(record(valueAt(configuration, ['accessPolicies', String(valueAt(operation, 'service'))])));
    return declared.filter(([id, code]) => covers(valueAt(code, 'policy'), actions) && !listed.includes(id)).map(([id]) => `${key}: ${id}`);
  });
}

/** By the scope of its action (Cedar's JSON format); a scope of another form could cover anything. */
function covers(policy: unknown, actions: readonly unknown[]): boolean {
  if (policy === undefined) return false;
  const action = valueAt(policy, 'action');
  const entities = [valueAt(action, 'entity'), ...items(valueAt(action, 'entities'))].filter((entity) => entity !== undefined);
  return !['==', 'in'].includes(String(valueAt(action, 'op'))) || entities.some((entity) => actions.includes(valueAt(entity, 'id')));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
