import { policyDescription } from '../contract/policy-store';
import { enforcesParameters } from './parameter-rules';
import type { Scope } from './scope';
import { isRecord, items, segments, valueAt, type Path } from './value';

/** A value that a property is compared with. */
export type Scalar = string | number | boolean;

/** One way to match a value. A condition carries exactly one. */
export interface Matcher {
  readonly equals?: Scalar;
  readonly oneOf?: readonly Scalar[];
  /** Present and not empty; or, when false, absent. */
  readonly exists?: boolean;
  /** A list with this item. */
  readonly contains?: Scalar;
  /** A regular expression over the text, or over the JSON of what is not text (intrinsic functions, policies). */
  readonly matches?: string;
  /** A regular expression, which is tried: it matches all of some texts, and none of others. */
  readonly expressionOf?: Told;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** A map that is not empty and has no other members. */
  readonly only?: readonly string[];
  /** A list or map that is not empty and whose every item satisfies all of these. */
  readonly everyItem?: readonly Condition[];
  /** A list or map of which one item satisfies all of these. */
  readonly someItem?: readonly Condition[];
  /** One of these alternatives is satisfied as a whole. */
  readonly anyOf?: readonly (readonly Condition[])[];
  /** A reference to a resource of the same environment that satisfies all of these. */
  readonly refersTo?: readonly Condition[];
  /** Text made of references, one of which leads to a resource of the same environment that satisfies all of these. */
  readonly mentions?: readonly Condition[];
  /** A resource of that type refers to the resource that is looked at, and satisfies all of these. */
  readonly referencedBy?: Backlink;
  /** The name of a resource of the environment, in whichever stack, that satisfies all of these. */
  readonly names?: Deployed;
  /** A map of maps, and for each member of each a resource of the same stack that is called `outer/inner`, with the member's obligations. */
  readonly membersDeployed?: Deployed;
  /** Variables of a stage: they name an authorizer that enforces the rules for parameters of every operation. */
  readonly parametersEnforced?: true;
  /** The account or the Region that the stack is deployed to. */
  readonly own?: 'account' | 'region';
}

/** What must refer to a resource. */
export interface Backlink {
  readonly type: string;
  /** Where it refers to the resource. */
  readonly path: Path;
  readonly that?: readonly Condition[];
}

/** What a regular expression must tell apart. */
export interface Told {
  readonly all: readonly string[];
  readonly none: readonly string[];
}

/** What must be deployed. */
export interface Deployed {
  readonly type: string;
  /** Where the resource says what it is called. */
  readonly path: Path;
  readonly that: readonly Condition[];
}

/** What must hold of a resource property, as data. */
export interface Condition extends Matcher {
  readonly path: Path;
}

type Name = keyof Matcher;
type Predicates = { readonly [N in Name]-?: (value: unknown, expected: NonNullable<Matcher[N]>, scope: Scope | undefined) => boolean };

const PSEUDO_PARAMETERS = { account: 'AWS::AccountId', region: 'AWS::Region' } as const;

const PREDICATES: Predicates = {
  equals: (value, expected) => value === expected,
  oneOf: (value, expected) => expected.some((one) => one === value),
  exists: (value, expected) => isPresent(value) === expected,
  contains: (value, expected) => Array.isArray(value) && value.includes(expected),
  matches: (value, expected) => value !== undefined && new RegExp(expected, 'i').test(text(value)),
  expressionOf: (value, { all, none }) => typeof value === 'string' && tells(value, all, none),
  atLeast: (value, expected) => typeof value === 'number' && value >= expected,
  atMost: (value, expected) => typeof value === 'number' && value <= expected,
  only: (value, expected) => isRecord(value) && isPresent(value) && Object.keys(value).every((name) => expected.includes(name)),
  everyItem: (value, expected, scope) => items(value).length > 0 && items(value).every((item) => satisfies(item, expected, scope)),
  someItem: (value, expected, scope) => items(value).some((item) => satisfies(item, expected, scope)),
  anyOf: (value, expected, scope) => expected.some((alternative) => satisfies(value, alternative, scope)),
  refersTo: (value, expected, scope) => isLedTo(scope?.follow(value), expected),
  mentions: (value, expected, scope) => scope?.mentioned(value).some((target) => isLedTo(target, expected)) ?? false,
  referencedBy: (_, { type, path, that = [] }, scope) => scope?.referrers(type, path).some((referrer) => isLedTo(referrer, that)) ?? false,
  names: (value, { type, path, that }, scope) => typeof value === 'string' && (scope?.stamped(type).some((candidate) => valueAt(candidate.resource.properties, path) === value && isLedTo(candidate, that)) ?? false),
  membersDeployed: (value, { type, path, that }, scope) => {
    const deployed = (scope?.beside(type) ?? []).filter((candidate) => isLedTo(candidate, that)).map(({ resource }) => valueAt(resource.properties, path));
    const names = Object.entries(isRecord(value) ? value : {}).map(([outer, inner]) => Object.entries(isRecord(inner) ? inner : {}).map(([name, member]) => policyDescription(outer, name, items(valueAt(member, 'obligations')).map(String))));
    return names.length > 0 && names.every((members) => members.length > 0 && members.every((name) => deployed.includes(name)));
  },
  parametersEnforced: (value, _, scope) => scope !== undefined && enforcesParameters(value, scope),
  own: (value, expected, scope) => scope?.resource.home !== undefined && (value === scope.resource.home[expected] || valueAt(value, 'Ref') === PSEUDO_PARAMETERS[expected]),
};

const WORDS: { readonly [N in Name]-?: (expected: NonNullable<Matcher[N]>) => string } = {
  equals: (expected) => `is ${JSON.stringify(expected)}`,
  oneOf: (expected) => `is one of ${quoted(expected)}`,
  exists: (expected) => (expected ? 'is set' : 'is not set'),
  contains: (expected) => `contains ${JSON.stringify(expected)}`,
  matches: (expected) => `matches /${expected}/`,
  expressionOf: ({ all, none }) => `is a regular expression that matches each of ${quoted(all)}, and none of ${quoted(none)}`,
  atLeast: (expected) => `is at least ${expected}`,
  atMost: (expected) => `is at most ${expected}`,
  only: (expected) => `has nothing but ${expected.join(', ')}`,
  everyItem: (expected) => `has only items where ${words(expected)}`,
  someItem: (expected) => `has an item where ${words(expected)}`,
  anyOf: (expected) => `is such that either ${expected.map(words).join(', or ')}`,
  refersTo: (expected) => `refers to a resource of the environment where ${words(expected)}`,
  mentions: (expected) => `names a resource of the environment where ${words(expected)}`,
  referencedBy: ({ type, path, that = [] }) => `is referred to by ${segments(path).join('.')} of a ${type}${that.length > 0 ? ` where ${words(that)}` : ''}`,
  names: ({ type, path, that }) => `is ${segments(path).join('.')} of a ${type} where ${words(that)}`,
  membersDeployed: ({ type, path, that }) => `has only members that ${segments(path).join('.')} of a ${type} names where ${words(that)}`,
  parametersEnforced: () => 'names an authorizer with the rules for parameters of every operation',
  own: (expected) => `is the ${expected} of the stack`,
};

const NAMES = Object.keys(PREDICATES) as Name[];

/** True where the value satisfies every condition; references are followed in the scope of a resource, and lead nowhere without one. */
export function satisfies(value: unknown, conditions: readonly Condition[], scope?: Scope): boolean {
  return conditions.every((condition) => holds(value, condition, scope));
}

/** True where the value satisfies one condition. */
export function holds(value: unknown, condition: Condition, scope?: Scope): boolean {
  const name = matcherOf(condition);
  const predicate = PREDICATES[name] as (value: unknown, expected: unknown, scope: Scope | undefined) => boolean;
  return predicate(valueAt(value, condition.path), condition[name], scope);
}

/** The conditions as a reviewer reads them. */
export function words(conditions: readonly Condition[]): string {
  return conditions.map((condition) => {
    const name = matcherOf(condition);
    const phrase = WORDS[name] as (expected: unknown) => string;
    return `${segments(condition.path).join('.') || 'the value'} ${phrase(condition[name])}`;
  }).join(' and ');
}

/** The matcher that a condition carries. */
export function matcherOf(condition: Condition): Name {
  const [name, ...others] = NAMES.filter((candidate) => condition[candidate] !== undefined);
  if (name === undefined || others.length > 0) throw new TypeError(`a condition carries one matcher: ${JSON.stringify(condition)}`);
  return name;
}

function isLedTo(target: Scope | undefined, conditions: readonly Condition[]): boolean {
  return target !== undefined && satisfies(target.properties, conditions, target);
}

/** An expression that is none tells nothing. */
function tells(expression: string, all: readonly string[], none: readonly string[]): boolean {
  try {
    const pattern = new RegExp(expression);
    return all.every((one) => pattern.test(one)) && !none.some((one) => pattern.test(one));
  } catch {
    return false;
  }
}

function quoted(values: readonly Scalar[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}

function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return !isRecord(value) || Object.keys(value).length > 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
