import type { Assembly, Resource, StampedEnvironment } from '../../../lib/evidence/assembly';
import { selected, type Check } from '../../../lib/evidence/check';
import { matcherOf, satisfies, type Condition } from '../../../lib/evidence/condition';
import { Scope } from '../../../lib/evidence/scope';
import { isRecord, items, segments, valueAt } from '../../../lib/evidence/value';

/** One way to take away what a check relies on. */
export interface Mutation {
  readonly title: string;
  readonly assembly: Assembly;
}

/** Every mutation of an assembly that must make a check fail: each property by itself, each reference, and the resources as such. */
export function mutations(check: Check, assembly: Assembly): Mutation[] {
  if (check.quantifier === 'none') return check.types.map((type) => ({ title: `a ${type}`, assembly: withOneMore(assembly, type) }));
  const environment = assembly.environments.find((candidate) => selected(check, candidate).length > 0);
  if (environment === undefined) return [];
  const about = selected(check, environment);
  const spoiled = check.quantifier === 'some' ? about : about.slice(0, 1);
  const properties = check.that.filter(({ referencedBy }) => referencedBy === undefined).flatMap(violations).map(({ title, violate }) => ({
    title: `${environment.name}: ${title}`,
    assembly: replaced(assembly, environment, spoiled, (resource) => ({ ...resource, properties: violate(resource.properties, new Scope(environment, resource)) as Resource['properties'] })),
  }));
  return [
    ...properties,
    ...check.that.flatMap(({ referencedBy }) => (referencedBy === undefined ? [] : [{ title: `no ${referencedBy.type}`, assembly: withoutTypes(assembly, [referencedBy.type]) }])),
    ...(check.quantifier === 'distinct' ? [{ title: 'the same value everywhere', assembly: alike(check, assembly, environment) }] : []),
    { title: `no ${check.types.join(' or ')}`, assembly: withoutTypes(assembly, check.types) },
  ];
}

interface Violation {
  readonly title: string;
  readonly violate: (value: unknown, scope: Scope) => unknown;
}

/** Ways to take from a value what a condition asks for: each thing asked of an item by itself, matching items gone, or the property itself. */
function violations(condition: Condition): Violation[] {
  const path = segments(condition.path);
  const matcher = matcherOf(condition);
  const at = (title: string, change: (value: unknown, scope: Scope) => unknown): Violation => ({
    title: [path.join('.'), title].filter((part) => part !== '').join(' '),
    violate: (value, scope) => put(value, path, change(valueAt(value, path), scope)),
  });
  if (matcher === 'everyItem') return (condition.everyItem ?? []).flatMap(violations).map(({ title, violate }) => at(`first item ${title}`, (value, scope) => firstItem(value, (item) => violate(item, scope))));
  if (matcher === 'someItem') {
    const isMatch = (item: unknown, scope: Scope) => satisfies(item, condition.someItem ?? [], scope);
    return [
      at('without matching items', (value, scope) => items(value).filter((item) => !isMatch(item, scope))),
      ...(condition.someItem ?? []).flatMap(violations).map(({ title, violate }) => at(`matching items ${title}`, (value, scope) => items(value).map((item) => (isMatch(item, scope) ? violate(item, scope) : item)))),
    ];
  }
  if (matcher === 'anyOf') return condition.anyOf?.some((alternative) => satisfies(undefined, alternative)) ? [at('something else', () => ({ anything: 'else' }))] : [at('', () => undefined)];
  return [at('', () => (condition.exists === false ? 'set' : undefined))];
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

function alike(check: Check, assembly: Assembly, model: StampedEnvironment): Assembly {
  const path = check.that[0]?.path ?? '';
  const [first] = selected(check, model);
  const value = valueAt(first?.properties, path);
  return { environments: assembly.environments.map((environment) => within(environment, selected(check, environment), (resource) => ({ ...resource, properties: put(resource.properties, segments(path), value) as Resource['properties'] }))) };
}

function replaced(assembly: Assembly, target: StampedEnvironment, which: readonly Resource[], change: (resource: Resource) => Resource): Assembly {
  return { environments: assembly.environments.map((environment) => (environment === target ? within(environment, which, change) : environment)) };
}

function within(environment: StampedEnvironment, which: readonly Resource[], change: (resource: Resource) => Resource): StampedEnvironment {
  return { ...environment, resources: environment.resources.map((resource) => (which.includes(resource) ? change(resource) : resource)) };
}

function withOneMore({ environments: [first, ...others] }: Assembly, type: string): Assembly {
  const { resources: [model, ...rest], ...environment } = first as StampedEnvironment;
  return { environments: [{ ...environment, resources: [model as Resource, ...rest, { ...model as Resource, logicalId: 'Added', type }] }, ...others] };
}

function withoutTypes(assembly: Assembly, types: readonly string[]): Assembly {
  return { environments: assembly.environments.map((environment) => ({ ...environment, resources: environment.resources.filter(({ type }) => !types.includes(type)) })) };
}
