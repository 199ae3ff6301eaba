import { randomUUID } from 'node:crypto';
import { cedar } from './cedar';

/** A value as requests to Amazon Verified Permissions write it: its type, and the value. */
export type TypedValue = { readonly [type: string]: unknown };

/** An entity of a request. */
export interface EntityIdentifier {
  readonly entityType: string;
  readonly entityId: string;
}

/** What a store is asked. */
export interface AuthorizationRequest {
  readonly principal: EntityIdentifier;
  readonly action: { readonly actionType: string; readonly actionId: string };
  readonly resource: EntityIdentifier;
  readonly context?: { readonly contextMap?: { readonly [name: string]: TypedValue } };
  readonly entities?: { readonly entityList?: readonly { readonly identifier: EntityIdentifier; readonly parents?: readonly EntityIdentifier[] }[] };
}

/** A static policy of a store. */
export interface StaticPolicy {
  readonly id: string;
  readonly description?: string;
  readonly statement: string;
}

interface Uid { readonly type: string; readonly id: string }
interface Actions { readonly [id: string]: { readonly memberOf?: readonly { readonly id: string }[] } }
type Schema = { readonly [namespace: string]: { readonly actions: Actions } };

/** A request that the service would refuse. */
export class InvalidRequest extends Error {}

/** A policy store of Amazon Verified Permissions: a schema, policies that it allows, and Cedar to evaluate them. */
export class PolicyStore {
  private readonly policies = new Map<string, StaticPolicy>();
  private readonly namespace: string;
  private readonly name = randomUUID();
  private parsed = false;

  /** @throws InvalidRequest for more than one namespace, or an empty one */
  constructor(private readonly schema: Schema) {
    const [namespace = '', ...others] = Object.keys(schema);
    if (namespace === '' || others.length > 0) throw new InvalidRequest(`a schema has one namespace that is not empty, got ${JSON.stringify(Object.keys(schema))}`);
    this.namespace = namespace;
  }

  /** Adds a policy, as a store in strict mode does. @throws InvalidRequest for a policy that the schema does not allow, or that can never apply */
  public add(policy: StaticPolicy): void {
    const answer = cedar().validate({ schema: this.schema, policies: { staticPolicies: { [policy.id]: policy.statement } } });
    const [error] = answer.type === 'failure' ? answer.errors : [...answer.validationErrors, ...answer.validationWarnings].map((found) => found.error);
    if (error !== undefined) throw new InvalidRequest(error.message);
    this.policies.set(policy.id, policy);
    this.parsed = false;
  }

  /** Every policy in the order in which they were added. */
  public get all(): readonly StaticPolicy[] {
    return [...this.policies.values()];
  }

  /** Decides over one request. @throws InvalidRequest for what is no request */
  public decide({ principal, action, resource, context = {}, entities = {} }: AuthorizationRequest) {
    const call = {
      principal: uid(principal), action: { type: action.actionType, id: action.actionId }, resource: uid(resource),
      context: Object.fromEntries(Object.entries(context.contextMap ?? {}).map(([name, value]) => [name, valueOf(value)])),
      entities: [...this.actions(), ...(entities.entityList ?? []).map(({ identifier, parents = [] }) => ({ uid: this.listed(identifier), attrs: {}, parents: parents.map(uid) }))],
      preparsedPolicySetId: this.prepared(),
    };
    const answer = cedar().statefulIsAuthorized(call);
    if (answer.type === 'failure') throw new InvalidRequest('the request cannot be evaluated');
    const { decision, diagnostics: { reason, errors } } = answer.response;
    return {
      decision: decision === 'allow' ? 'ALLOW' : 'DENY',
      determiningPolicies: [...reason].sort().map((policyId) => ({ policyId })),
      errors: errors.map(({ policyId, error }) => ({ errorDescription: `error while evaluating policy ${policyId}: ${error.message}` })),
    };
  }

  /** Name of the policies as Cedar has parsed them. */
  private prepared(): string {
    if (!this.parsed) cedar().preparsePolicySet(this.name, { staticPolicies: Object.fromEntries(this.all.map(({ id, statement }) => [id, statement])) });
    this.parsed = true;
    return this.name;
  }

  /** Actions come from the schema, and from nowhere else. */
  private listed(identifier: EntityIdentifier): Uid {
    if (/(^|::)Action$/.test(identifier.entityType)) throw new InvalidRequest('entities hold no action');
    return uid(identifier);
  }

  private actions() {
    const type = `${this.namespace}::Action`;
    return Object.entries(this.schema[this.namespace]!.actions).map(([id, { memberOf = [] }]) => ({ uid: { type, id }, attrs: {}, parents: memberOf.map((parent) => ({ type, id: parent.id })) }));
  }
}

function uid({ entityType, entityId }: EntityIdentifier): Uid {
  if (typeof entityType !== 'string' || typeof entityId !== 'string' || entityId === '') throw new InvalidRequest('an entity has a type and an id');
  return { type: entityType, id: entityId };
}

function valueOf(typed: TypedValue): unknown {
  const [[type, value] = ['', undefined], ...others] = Object.entries(typed);
  if (others.length > 0) throw new InvalidRequest('a value has one type');
  switch (type) {
    case 'string': case 'boolean': return value;
    case 'long': return Number.isSafeInteger(value) ? value : invalid(type);
    case 'ipaddr': return typeof value === 'string' && /^[0-9a-fA-F.:/]{1,44}$/.test(value) ? { __extn: { fn: 'ip', arg: value } } : invalid(type);
    case 'set': return Array.isArray(value) ? (value as TypedValue[]).map(valueOf) : invalid(type);
    case 'record': return Object.fromEntries(Object.entries(value as { readonly [name: string]: TypedValue }).map(([name, member]) => [name, valueOf(member)]));
    default: return invalid(type);
  }
}

function invalid(type: string): never {
  throw new InvalidRequest(`a value that is no ${type}`);
}
