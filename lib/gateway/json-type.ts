/** A JSON schema as a model may contain it. */
export interface ModelSchema {
  [keyword: string]: unknown;
}

/** One schema for each type of a JSON value but null; integers are numbers. A list without `items` is not imported. */
const TYPES: { readonly [type: string]: ModelSchema } = {
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  array: { type: 'array', items: {} },
  object: { type: 'object' },
};

/** Refuses everything that is not null. The import has no type `null` and loses it from a list of types. */
const NULL: ModelSchema = { allOf: refusing(Object.keys(TYPES)) };

/** A schema that no value satisfies, in keywords that survive the import. */
export const NEVER: ModelSchema = { type: 'object', minProperties: 1, maxProperties: 0 };

/** A schema that every value satisfies, for places where an empty one may get lost. */
export const ANYTHING: ModelSchema = { anyOf: [{ type: 'string' }, { not: { type: 'string' } }] };

/** Types that a schema allows, null included; undefined when it names none. */
export function typesOf({ type, nullable }: ModelSchema): string[] | undefined {
  if (type === undefined) return undefined;
  const types = [type].flat() as string[];
  return [...new Set([...(types.includes('number') ? types.filter((name) => name !== 'integer') : types), ...(nullable === true ? ['null'] : [])])];
}

/** Adds what a list of types asks for to a model: one type as such, several and null as conditions. */
export function applyTypes(types: readonly string[], model: ModelSchema, conditions: ModelSchema[]): void {
  const [only] = types;
  if (types.includes('null')) {
    conditions.push(...refusing(Object.keys(TYPES).filter((type) => !types.includes(type) && !(type === 'number' && types.includes('integer')))));
    if (types.includes('integer')) conditions.push({ multipleOf: 1 });
  } else if (types.length === 1 && only !== undefined) {
    Object.assign(model, TYPES[only] ?? { type: only });
  } else {
    conditions.push({ anyOf: types.map((type) => TYPES[type] ?? { type }) });
  }
}

/** Adds a list of allowed values to a model. Null is not a value that the import keeps. */
export function applyValues(values: readonly unknown[], types: readonly string[] | undefined, conditions: ModelSchema[]): void {
  const different = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()].filter((value) => value !== null);
  const type = types?.filter((name) => name !== 'null');
  const listed: ModelSchema[] = different.length > 0 ? [{ ...(type?.length === 1 ? { type: type[0] } : {}), enum: different }] : [];
  const allowed = values.includes(null) ? [...listed, NULL] : listed;
  conditions.push(allowed.length > 1 ? { anyOf: allowed } : (allowed[0] ?? NEVER));
}

/** Lower and upper bounds: the inclusive keyword, the exclusive one, the step to the next integer. */
const BOUNDS = [
  { inclusive: 'minimum', exclusive: 'exclusiveMinimum', beyond: 'maximum', next: (bound: number) => Math.floor(bound) + 1 },
  { inclusive: 'maximum', exclusive: 'exclusiveMaximum', beyond: 'minimum', next: (bound: number) => Math.ceil(bound) - 1 },
] as const;

/** Adds the bounds of numbers to a model. An exclusive bound is written without the keyword, which the gateway does not support. */
export function applyBounds(schema: ModelSchema, types: readonly string[] | undefined, model: ModelSchema, conditions: ModelSchema[]): void {
  const integers = types?.every((type) => type === 'integer' || type === 'null') ?? false;
  for (const { inclusive, exclusive, beyond, next } of BOUNDS) {
    const bound = schema[exclusive] === true ? schema[inclusive] : schema[exclusive];
    if (typeof schema[inclusive] === 'number' && schema[exclusive] !== true) model[inclusive] = schema[inclusive];
    if (typeof bound !== 'number') continue;
    const exact = next(bound);
    if (integers && Number.isSafeInteger(exact)) conditions.push({ [inclusive]: exact });
    else conditions.push({ not: { type: 'number', [beyond]: bound } });
  }
}

function refusing(types: readonly string[]): ModelSchema[] {
  return types.map((type) => ({ not: TYPES[type] }));
}
