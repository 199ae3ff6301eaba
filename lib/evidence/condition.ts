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
  readonly atLeast?: number;
  readonly atMost?: number;
  /** A list or map that is not empty and whose every item satisfies all of these. */
  readonly everyItem?: readonly Condition[];
  /** A list or map of which one item satisfies all of these. */
  readonly someItem?: readonly Condition[];
}

/** What must hold of a resource property, as data. */
export interface Condition extends Matcher {
  /** Property path; segments are separated by dots, or listed where a name has a dot of its own. Empty: the value itself. */
  readonly path: string | readonly string[];
}

type Name = keyof Matcher;
type Predicates = { readonly [N in Name]-?: (value: unknown, expected: NonNullable<Matcher[N]>) => boolean };

const PREDICATES: Predicates = {
  equals: (value, expected) => value === expected,
  oneOf: (value, expected) => expected.some((one) => one === value),
  exists: (value, expected) => isPresent(value) === expected,
  contains: (value, expected) => Array.isArray(value) && value.includes(expected),
  matches: (value, expected) => value !== undefined && new RegExp(expected, 'i').test(text(value)),
  atLeast: (value, expected) => typeof value === 'number' && value >= expected,
  atMost: (value, expected) => typeof value === 'number' && value <= expected,
  everyItem: (value, expected) => items(value).length > 0 && items(value).every((item) => satisfies(item, expected)),
  someItem: (value, expected) => items(value).some((item) => satisfies(item, expected)),
};

const WORDS: { readonly [N in Name]-?: (expected: NonNullable<Matcher[N]>) => string } = {
  equals: (expected) => `is ${JSON.stringify(expected)}`,
  oneOf: (expected) => `is one of ${expected.map((one) => JSON.stringify(one)).join(', ')}`,
  exists: (expected) => (expected ? 'is set' : 'is not set'),
  contains: (expected) => `contains ${JSON.stringify(expected)}`,
  matches: (expected) => `matches /${expected}/`,
  atLeast: (expected) => `is at least ${expected}`,
  atMost: (expected) => `is at most ${expected}`,
  everyItem: (expected) => `has only items where ${words(expected)}`,
  someItem: (expected) => `has an item where ${words(expected)}`,
};

const NAMES = Object.keys(PREDICATES) as Name[];

/** True where the value satisfies every condition. */
export function satisfies(value: unknown, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => holds(value, condition));
}

/** True where the value satisfies one condition. */
export function holds(value: unknown, condition: Condition): boolean {
  const name = matcherOf(condition);
  const predicate = PREDICATES[name] as (value: unknown, expected: unknown) => boolean;
  return predicate(valueAt(value, condition.path), condition[name]);
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

/** The path as a list of names. */
export function segments(path: Condition['path']): readonly string[] {
  if (typeof path !== 'string') return path;
  return path === '' ? [] : path.split('.');
}

/** The value below a path. */
export function valueAt(value: unknown, path: Condition['path']): unknown {
  return segments(path).reduce<unknown>((at, name) => (isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined), value);
}

/** The items of a list or the values of a map. */
export function items(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isRecord(value) ? Object.values(value) : [];
}

/** True for a map or a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return !isRecord(value) || Object.keys(value).length > 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
