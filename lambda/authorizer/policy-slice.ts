import type { AccessPolicyCode } from '../../lib/contract/access-policy';
import type { AccessContext, AccessQuestion, Entity, EntityUid } from './access-question';
import { policyReads, readContext, readEntities, type PolicyReads } from './policy-reads';
import { inScope, type PolicyScope } from './policy-scope';

/** As much of a question as policies look at. */
export interface ReadQuestion extends Pick<AccessQuestion, 'principal' | 'action' | 'resource' | 'entities'> {
  readonly context: Partial<AccessContext>;
}

/** The policies of one API service by id. */
export type ServicePolicies = Readonly<Record<string, AccessPolicyCode>>;

/** Policies that are evaluated together, and what of a question they look at. */
export class PolicySlice {
  private readonly reads: PolicyReads;

  /** @param name short, and of no other slice */
  constructor(readonly name: string, readonly service: string, readonly ids: readonly string[], own: ServicePolicies) {
    this.reads = policyReads(ids.map((id) => policyOf(own, id)));
  }

  read({ principal, action, resource, context, entities }: AccessQuestion): ReadQuestion {
    return { principal, action, resource, context: readContext(context, this.reads), entities: readEntities(entities, this.reads) };
  }
}

/** A policy in Cedar's JSON format; undefined for one that was deployed without it, whatever it is named. */
export function policyOf(own: ServicePolicies, id: string): unknown {
  return Object.hasOwn(own, id) ? own[id]?.policy : undefined;
}

/**
 * Ids of the policies whose scope covers who asks for what; the others cannot change a decision about it.
 *
 * One that is missing stays among them, so that they cannot be parsed.
 */
export function applicable(question: AccessQuestion, own: ServicePolicies): string[] {
  const [principal, action, resource] = [question.principal, question.action, question.resource].map((uid) => entity(question, uid)) as [Entity, Entity, Entity];
  return question.policies.filter((id) => {
    const policy = policyOf(own, id);
    return policy === undefined || inScope(policy as PolicyScope, principal, action, resource);
  });
}

function entity({ entities }: AccessQuestion, uid: EntityUid): Entity {
  return entities.find((one) => one.uid.type === uid.type && one.uid.id === uid.id) ?? { uid, attrs: {}, parents: [] };
}
