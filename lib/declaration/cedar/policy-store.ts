import { policyDescription, POLICY_STORE_NAMESPACE } from '../../contract/policy-store';
import { demand } from '../../private/refusal';
import type { AccessPolicy } from '../access-policies';
import type { ApiGroup } from '../api-group';
import type { ApiService } from '../api-service';
import { partitions } from '../partition';
import { accessPoliciesOf } from './check';
import { cedar } from './engine';
import { operationAccess } from './operation-access';
import { CedarSchema, cedarSchema } from './schema';

/** What Amazon Verified Permissions takes: bytes of one policy and of its description, of all that concern a resource, and of a schema. */
const LIMIT = { policy: 10_000, description: 150, policies: 200_000, schema: 100_000 } as const;

/** A policy as its store holds it. */
export interface StoredPolicy {
  readonly policy: AccessPolicy;
  /** Its text, with the namespace at every name. */
  readonly statement: string;
  readonly description: string;
  readonly permits: boolean;
  /** What is not changed in place: effect, principal and resource, which the service would refuse, and what must not change before the rest of a deployment. */
  readonly scope: string;
}

/** What decides over one API service, as a policy store holds it. */
export interface PolicyStoreContent {
  readonly schema: CedarSchema;
  readonly policies: StoredPolicy[];
}

/**
 * The content of the policy store of an API service: policies of its group and its own, as far as they can decide over it.
 *
 * The store validates strictly and refuses a policy that can never apply, so one that speaks of sibling services only stays out.
 */
export function policyStoreContent(group: Pick<ApiGroup, 'accessPolicies' | 'services'>, service: ApiService): PolicyStoreContent {
  const schema = storeSchema(service, group.services);
  const covering = new Set(partitions(service).flatMap(({ routes }) => routes.flatMap((route) => operationAccess(accessPoliciesOf(group, service), route).policies)));
  const policies = accessPoliciesOf(group, service).filter(({ id }) => covering.has(id)).map((policy) => stored(service, policy)).filter((policy) => canApply(policy, schema));
  limit(Buffer.byteLength(JSON.stringify(schema)), LIMIT.schema, () => `schema of '${service.name}'`);
  for (const { policy, statement, description } of policies) {
    limit(Buffer.byteLength(statement), LIMIT.policy, () => `policy '${policy.id}' of '${service.name}'`);
    limit(Buffer.byteLength(description), LIMIT.description, () => `names of policy '${policy.id}' of '${service.name}' and of its obligations`);
  }
  limit(policies.reduce((sum, { statement }) => sum + Buffer.byteLength(statement), 0), LIMIT.policies, () => `policies of '${service.name}' together`);
  return { schema, policies };
}

/** Operations of siblings are names only: policies of the group may list them, and none has to be valid for them here. */
function storeSchema(service: ApiService, siblings: readonly ApiService[]): CedarSchema {
  const own = cedarSchema(service, [], POLICY_STORE_NAMESPACE)[POLICY_STORE_NAMESPACE]!;
  const others = siblings.flatMap(({ operations }) => operations.map(({ id }) => [id, {}] as const));
  return { [POLICY_STORE_NAMESPACE]: { entityTypes: own.entityTypes, actions: { ...Object.fromEntries(others), ...own.actions } } };
}

function stored({ name: service }: ApiService, policy: AccessPolicy): StoredPolicy {
  const parsed = cedar().policyToJson(policy.text);
  if (parsed.type === 'failure') throw new Error(parsed.errors[0]?.message);
  const { annotations, ...code } = parsed.json;
  const named = namespaced(code) as { readonly effect: string; readonly principal: unknown; readonly resource: unknown };
  const printed = cedar().policyToText({ ...named, annotations });
  if (printed.type === 'failure') throw new Error(printed.errors[0]?.message);
  // A forbid gives way to another only when permits have changed, and a permit to one with other obligations only when the authorizer has.
  const permits = named.effect === 'permit';
  const whole = permits ? policy.obligations : [printed.text];
  return { policy, permits, statement: printed.text, description: policyDescription(service, policy.id, policy.obligations), scope: JSON.stringify([named.effect, named.principal, named.resource, ...whole]) };
}

/** Every literal entity is `{ type, id }` and every type of an `is` stands under `entity_type`; expressions are never texts. */
function namespaced(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(namespaced);
  if (typeof value !== 'object' || value === null) return value;
  const { type, id } = value as { readonly type?: unknown; readonly id?: unknown };
  if (typeof type === 'string' && typeof id === 'string') return { type: `${POLICY_STORE_NAMESPACE}::${type}`, id };
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, name === 'entity_type' && typeof member === 'string' ? `${POLICY_STORE_NAMESPACE}::${member}` : namespaced(member)]));
}

// Where it was declared the policy was valid without a warning, so that the one left here is that it can never apply.
function canApply({ policy: { id }, statement }: StoredPolicy, schema: CedarSchema): boolean {
  const answer = cedar().validate({ schema, policies: { staticPolicies: { [id]: statement } } });
  const [error] = answer.type === 'failure' ? answer.errors : answer.validationErrors.map((found) => found.error);
  if (error !== undefined || answer.type === 'failure') throw new Error(`policy ${id} in a policy store: ${error?.message}`);
  return answer.validationWarnings.length === 0;
}

function limit(bytes: number, most: number, what: () => string): void {
  demand('POLICY_STORE', bytes <= most, () => `${what()}, ${bytes} bytes`, `at most ${most} bytes, or PolicyDecisionPoint.IN_AUTHORIZER`);
}
