import type { AccessContext, Entity, EntityUid } from './access-question';

/** What policies look at: nothing else of a question can change what they say. */
export interface PolicyReads {
  /** Members of the context, or all of it. */
  readonly context: ReadonlySet<string> | 'all';
  /** Entities that are named anywhere, each as its `entityKey`. */
  readonly entities: ReadonlySet<string>;
}

interface Expression {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly Var?: unknown;
  readonly left?: { readonly Var?: unknown };
  readonly attr?: unknown;
}

/** One text for each entity; no id can pass for another. */
export function entityKey({ type, id }: EntityUid): string {
  return `${type}\0${id}`;
}

/** @param policies in Cedar's JSON format */
export function policyReads(policies: readonly unknown[]): PolicyReads {
  const [members, entities] = [new Set<string>(), new Set<string>()];
  let whole = false;
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    const { type, id, Var, left, attr } = node as Expression;
    const member = left?.Var === 'context' ? memberName(attr) : undefined;
    if (member !== undefined) {
      members.add(member);
      return;
    }
    if (typeof type === 'string' && typeof id === 'string') {
      entities.add(entityKey({ type, id }));
    }
    whole ||= Var === 'context';
    Object.values(node).forEach(look);
  };
  look(policies);
  return { context: whole ? 'all' : members, entities };
}

/** Entities as far as policies can tell them apart: one in nothing that they name is like one that is not there. */
export function readEntities(entities: readonly Entity[], reads: PolicyReads): Entity[] {
  return entities
    .map((entity) => ({ ...entity, parents: entity.parents.filter((parent) => reads.entities.has(entityKey(parent))) }))
    .filter(({ parents }) => parents.length > 0);
}

export function readContext(context: AccessContext, { context: members }: PolicyReads): Partial<AccessContext> {
  return members === 'all' ? context : Object.fromEntries(Object.entries(context).filter(([name]) => members.has(name)));
}

// `context.path.id` is a member of a member; `context has path.id` names both at once.
function memberName(attr: unknown): string | undefined {
  const [name] = Array.isArray(attr) ? attr as unknown[] : [attr];
  return typeof name === 'string' ? name : undefined;
}
