import type { Entity, EntityUid } from './access-question';

/** Whom or what a policy is for, in Cedar's JSON format. */
interface Constraint {
  readonly op: string;
  readonly entity?: EntityUid;
  readonly entities?: readonly EntityUid[];
  readonly entity_type?: string;
  readonly in?: { readonly entity: EntityUid };
}

/** The scope of a policy: its head, before any condition. */
export interface PolicyScope {
  readonly principal: Constraint;
  readonly action: Constraint;
  readonly resource: Constraint;
}

/** False where the scope of a policy leaves entities out, so that its conditions are never looked at. */
export function inScope(scope: PolicyScope, principal: Entity, action: Entity, resource: Entity): boolean {
  return covers(scope.principal, principal) && covers(scope.action, action) && covers(scope.resource, resource);
}

function covers({ op, entity, entities = [], entity_type, in: container }: Constraint, { uid, parents }: Entity): boolean {
  const isIn = (named: EntityUid): boolean => [uid, ...parents].some((one) => same(one, named));
  switch (op) {
    case '==':
      return entity !== undefined && same(entity, uid);
    case 'in':
      return [...(entity ? [entity] : []), ...entities].some(isIn);
    case 'is':
      return entity_type === uid.type && (container === undefined || isIn(container.entity));
    default:
      // `All`, and whatever is yet to be invented: the engine looks for itself.
      return true;
  }
}

function same(left: EntityUid, right: EntityUid): boolean {
  return left.type === right.type && left.id === right.id;
}
