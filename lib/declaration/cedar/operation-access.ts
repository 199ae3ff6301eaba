import { AccessPolicyCode, OperationAccess } from '../../contract/access-policy';
import type { AccessPolicy } from '../access-policies';
import type { Route } from '../partition';
import { cedar, CedarPolicyJson } from './engine';

/** Policies as the authorizer evaluates them, by id. */
export function policyCode(policies: readonly AccessPolicy[]): { [id: string]: AccessPolicyCode } {
  return Object.fromEntries(policies.map((policy) => [policy.id, { policy: jsonOf(policy), ...(policy.obligations.length > 0 && { obligations: policy.obligations }) }]));
}

/** What decides over one operation: the policies whose action scope covers it. */
export function operationAccess(policies: readonly AccessPolicy[], { operation, parameters }: Pick<Route, 'operation' | 'parameters'>): OperationAccess {
  const actions = [operation.id, operation.method];
  return {
    policies: policies.filter((policy) => covers(jsonOf(policy), actions)).map(({ id }) => id),
    pathParameters: Object.fromEntries([...parameters].map(([declared, gatewayName]) => [gatewayName, declared])),
  };
}

function covers({ action: { op, entity, entities = [] } }: CedarPolicyJson, actions: readonly string[]): boolean {
  return op === 'All' || [...(entity === undefined ? [] : [entity]), ...entities].some(({ id }) => actions.includes(id));
}

// Read once, or every operation of every environment would have Cedar parse every policy again.
const READ = new WeakMap<AccessPolicy, CedarPolicyJson>();

function jsonOf(policy: AccessPolicy): CedarPolicyJson {
  return READ.get(policy) ?? read(policy);
}

function read(policy: AccessPolicy): CedarPolicyJson {
  const parsed = cedar().policyToJson(policy.text);
  if (parsed.type === 'failure') throw new Error(parsed.errors[0]?.message);
  READ.set(policy, parsed.json);
  return parsed.json;
}
