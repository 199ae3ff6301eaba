import type { Assembly, Resource, StampedEnvironment } from './assembly';
import { satisfies, words, type Condition } from './condition';
import { Scope } from './scope';
import { valueAt } from './value';

/** One thing that must be visible in the synthesized templates, as data. */
export interface Check {
  /** Unique name: `rest-api-default-endpoint-disabled`. */
  readonly id: string;
  /** What a reviewer learns when it holds. */
  readonly shows: string;
  readonly types: readonly string[];
  /** Which resources of those types it is about; all when absent. */
  readonly where?: readonly Condition[];
  readonly that: readonly Condition[];
  /**
   * `every`: there is one, and each satisfies. `some`: one satisfies. `distinct`: each satisfies, and no two
   * environments share a value of the first condition's path. `none`: there is none.
   */
  readonly quantifier: 'every' | 'some' | 'distinct' | 'none';
  /** What makes the environment owe it; an environment without this is passed over. */
  readonly declaredBy?: Declaration;
  /** What must be said beside it where it does not hold in full. */
  readonly qualifiedBy?: readonly Qualifier[];
}

/** A check that takes no claim away, but leaves it partly implemented. */
export interface Qualifier {
  readonly check: Check;
  /** What is missing where it does not hold. */
  readonly missing: string;
}

/** A resource by which an environment declares that it has something: a security domain, for example. */
export interface Declaration {
  readonly type: string;
  readonly where: readonly Condition[];
}

/** How a check went in one environment. */
export interface EnvironmentResult {
  readonly environment: string;
  readonly holds: boolean;
  /** False where the environment stamps and declares nothing that the check is about. */
  readonly applicable: boolean;
  readonly satisfied: readonly Resource[];
  readonly failed: readonly Resource[];
  /** Why it does not hold. */
  readonly failure?: string;
}

/** How a check went in the whole assembly. */
export interface CheckResult {
  readonly check: Check;
  readonly holds: boolean;
  readonly environments: readonly EnvironmentResult[];
}

/** Evaluates a check; it holds only if it holds in every environment that owes it. */
export function evaluate(check: Check, assembly: Assembly): CheckResult {
  const environments = assembly.environments.map((environment) => inEnvironment(check, environment, assembly));
  return { check, environments, holds: environments.every(({ holds }) => holds) };
}

/** The resources of an environment that a check is about. */
export function selected(check: Check, environment: StampedEnvironment): readonly Resource[] {
  return environment.resources.filter((resource) => check.types.includes(resource.type) && isSuch(resource, check.where ?? [], environment));
}

function inEnvironment(check: Check, environment: StampedEnvironment, assembly: Assembly): EnvironmentResult {
  const about = selected(check, environment);
  if (check.quantifier === 'none') return absence(check, environment, about);
  const [satisfied, failed] = partition(about, (resource) => isSatisfied(check, resource, environment, assembly));
  const passedOver = about.length === 0 && !isOwed(check, environment);
  const holds = passedOver || (satisfied.length > 0 && (check.quantifier === 'some' || failed.length === 0));
  return {
    environment: environment.name,
    applicable: about.length > 0,
    holds,
    satisfied,
    failed: check.quantifier === 'some' && satisfied.length > 0 ? [] : failed,
    ...(holds ? {} : { failure: failureOf(check, failed, assembly.environments.length === 1) }),
  };
}

function absence(check: Check, { name }: StampedEnvironment, found: readonly Resource[]): EnvironmentResult {
  const holds = found.length === 0;
  return { environment: name, applicable: true, holds, satisfied: [], failed: found, ...(holds ? {} : { failure: `there is a resource of ${check.types.join(' or ')}` }) };
}

function isOwed({ declaredBy }: Check, environment: StampedEnvironment): boolean {
  return declaredBy === undefined || environment.resources.some((resource) => resource.type === declaredBy.type && isSuch(resource, declaredBy.where, environment));
}

function isSatisfied(check: Check, resource: Resource, environment: StampedEnvironment, assembly: Assembly): boolean {
  return isSuch(resource, check.that, environment) && (check.quantifier !== 'distinct' || isDistinct(check, resource, environment, assembly));
}

function isSuch(resource: Resource, conditions: readonly Condition[], environment: StampedEnvironment): boolean {
  const scope = new Scope(environment, resource);
  return satisfies(scope.properties, conditions, scope);
}

function isDistinct(check: Check, resource: Resource, environment: StampedEnvironment, assembly: Assembly): boolean {
  const path = check.that[0]?.path ?? '';
  const own = JSON.stringify(valueAt(resource.properties, path));
  const others = assembly.environments.filter(({ name }) => name !== environment.name);
  return others.length > 0 && !others.some((other) => selected(check, other).some(({ properties }) => JSON.stringify(valueAt(properties, path)) === own));
}

function failureOf(check: Check, failed: readonly Resource[], alone: boolean): string {
  const must = [words(check.that), ...(check.quantifier === 'distinct' ? ['no other environment shares the value'] : [])].join(' and ');
  const about = `${check.types.join(' or ')}${check.where ? ` where ${words(check.where)}` : ''}`;
  if (check.quantifier === 'distinct' && alone) return 'the assembly holds one environment only: there is none that it could be apart from';
  return failed.length === 0 ? `there is no ${about}` : `not so: ${must}`;
}

function partition<T>(all: readonly T[], predicate: (one: T) => boolean): [T[], T[]] {
  const yes = all.filter(predicate);
  return [yes, all.filter((one) => !yes.includes(one))];
}
