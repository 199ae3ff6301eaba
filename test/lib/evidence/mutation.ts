import type { Assembly, Environment, Resource } from '../../../lib/evidence/assembly';
import { selected, type Check } from '../../../lib/evidence/check';
import { isRecord, items, matcherOf, satisfies, segments, valueAt, type Condition } from '../../../lib/evidence/condition';

/** One way to take away what a check relies on. */
export interface Mutation {
  readonly title: string;
  readonly assembly: Assembly;
}

/** Every mutation of an assembly that must make a check fail: each property by itself, each reference, and the resources as such. */
export function mutations(check: Check, assembly: Assembly): Mutation[] {
  const environment = assembly.environments.find((candidate) => selected(check, candidate).length > 0);
  if (environment === undefined) return [];
  const about = selected(check, environment);
  const without = (condition: Condition) => replaced(assembly, environment, check.quantifier === 'some' ? about : about.slice(0, 1), (resource) => broken(resource, condition));
  return [
    ...check.that.flatMap(alternatives).map((condition) => ({ title: `${environment.name}: ${segments(condition.path).join('.')}`, assembly: without(condition) })),
    ...(check.referencedBy ? [{ title: `no ${check.referencedBy.type}`, assembly: withoutTypes(assembly, [check.referencedBy.type]) }] : []),
    ...(check.quantifier === 'distinct' ? [{ title: 'the same value everywhere', assembly: alike(check, assembly, environment) }] : []),
    { title: `no ${check.types.join(' or ')}`, assembly: withoutTypes(assembly, check.types) },
  ];
}

/** A condition on every item is one mutation for each thing that it asks of an item. */
function alternatives(condition: Condition): Condition[] {
  const inner = condition.everyItem ?? [];
  return inner.length < 2 ? [condition] : inner.map((one) => ({ ...condition, everyItem: [one] }));
}

function broken(resource: Resource, condition: Condition): Resource {
  return { ...resource, properties: violate(resource.properties, condition) as Resource['properties'] };
}

/** The value without what the condition asks for: the first item spoiled, or every matching item gone, or the property itself. */
function violate(value: unknown, condition: Condition): unknown {
  const path = segments(condition.path);
  const inner = condition.everyItem ?? [];
  const at = valueAt(value, path);
  const matcher = matcherOf(condition);
  if (matcher === 'everyItem' && inner[0]) return put(value, path, firstItem(at, (item) => violate(item, inner[0] as Condition)));
  if (matcher === 'someItem') return put(value, path, items(at).filter((item) => !satisfies(item, condition.someItem ?? [])));
  return put(value, path, condition.exists === false ? 'set' : undefined);
}

function firstItem(value: unknown, change: (item: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === 0 ? change(item) : item));
  const [first] = Object.keys(isRecord(value) ? value : {});
  return isRecord(value) && first !== undefined ? { ...value, [first]: change(value[first]) } : value;
}

function put(value: unknown, [name, ...rest]: readonly string[], replacement: unknown): unknown {
  if (name === undefined) return replacement;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as Record<string, unknown>) };
  (copy as Record<string, unknown>)[name] = put((copy as Record<string, unknown>)[name], rest, replacement);
  return copy;
}

function alike(check: Check, assembly: Assembly, model: Environment): Assembly {
  const path = check.that[0]?.path ?? '';
  const [first] = selected(check, model);
  const value = valueAt(first?.properties, path);
  return { environments: assembly.environments.map((environment) => within(environment, selected(check, environment), (resource) => ({ ...resource, properties: put(resource.properties, segments(path), value) as Resource['properties'] }))) };
}

function replaced(assembly: Assembly, target: Environment, which: readonly Resource[], change: (resource: Resource) => Resource): Assembly {
  return { environments: assembly.environments.map((environment) => (environment === target ? within(environment, which, change) : environment)) };
}

function within(environment: Environment, which: readonly Resource[], change: (resource: Resource) => Resource): Environment {
  return { ...environment, resources: environment.resources.map((resource) => (which.includes(resource) ? change(resource) : resource)) };
}

function withoutTypes(assembly: Assembly, types: readonly string[]): Assembly {
  return { environments: assembly.environments.map((environment) => ({ ...environment, resources: environment.resources.filter(({ type }) => !types.includes(type)) })) };
}
