import type { AccessPolicyCode } from '../../lib/contract/access-policy';
import type { AccessContext, AccessQuestion, Entity, EntityUid } from './access-question';
import { policyReads, readContext, readEntities, type PolicyReads } from './policy-reads';
import { inScope, type PolicyScope } from './policy-scope';

/** As much of a question as policies look at. */
export interface ReadQuestion extends Pick<AccessQuestion, 'principal' | 'action' | 'resource' | 'entities'> {
  readonly context: Partial<AccessContext>;
}

type Policies = Readonly<Record<string, AccessPolicyCode>>;

/** Of the policies of an operation, those whose scope covers a client: the others cannot change a decision about it, so they are not evaluated. */
export class PolicySlice {
  /** The same for slices that hold the same policies. */
  readonly name: string;
  private readonly reads: PolicyReads;

  private constructor(readonly service: string, readonly ids: readonly string[], own: Policies) {
    this.name = `${service} ${ids.join(' ')}`;
    this.reads = policyReads(ids.map((id) => own[id]?.policy));
  }

  /** @param own policies of the API service; one that is missing there stays in the slice, which then cannot be parsed */
  static of(question: AccessQuestion, own: Policies = {}): PolicySlice {
    const [principal, action, resource] = [question.principal, question.action, question.resource].map((uid) => entity(question, uid)) as [Entity, Entity, Entity];
    return new PolicySlice(question.service, question.policies.filter((id) => own[id]?.policy === undefined || inScope(own[id].policy as PolicyScope, principal, action, resource)), own);
  }

  /** All policies of an operation, whomever their scopes cover. */
  static whole({ service, policies }: Pick<AccessQuestion, 'service' | 'policies'>, own: Policies = {}): PolicySlice {
    return new PolicySlice(service, policies, own);
  }

  /** What slices are told apart by, of which a deployment has as many as clients times operations. */
  static key({ service, principal, action, resource, entities }: AccessQuestion): string {
    return JSON.stringify([service, principal.id, action.id, resource.id, ...entities.flatMap(({ parents }) => parents.map(({ id }) => id))]);
  }

  read({ principal, action, resource, context, entities }: AccessQuestion): ReadQuestion {
    return { principal, action, resource, context: readContext(context, this.reads), entities: readEntities(entities, this.reads) };
  }
}

function entity({ entities }: AccessQuestion, uid: EntityUid): Entity {
  return entities.find((one) => one.uid.type === uid.type && one.uid.id === uid.id) ?? { uid, attrs: {}, parents: [] };
}
