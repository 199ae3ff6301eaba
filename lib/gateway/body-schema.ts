import { BodyLimits } from '../contract/body-limits';
import { CHECKED_FORMATS } from '../contract/parameter-rule';
import { bodyPatternFault } from '../declaration/body-pattern';
import { ReadOnlyProperties } from '../declaration/read-only-properties';
import { UNCHECKED_FORMATS } from './json-schema';
import { ModelSchema, typesOf } from './json-type';
import { discriminated } from './discriminator';
import { SchemaCircles } from './model-circle';
import { modelName } from './model-name';
import { isReadOnly } from './read-only';
import { findSchema } from './schema-reference';

/** Keyword of the compiler: counts the schemas that are applied to one body, and stops at too many. */
export const COUNTED = 'x-counted';

/** Keywords that OpenAPI and JSON Schema 2020-12 read alike, and that hold no schema. */
const KEPT = [
  'const', 'multipleOf', 'maxLength', 'minLength', 'maxItems', 'minItems', 'uniqueItems', 'maxProperties', 'minProperties', 'minContains', 'maxContains', 'dependentRequired',
];
const SCHEMAS_OF = ['additionalProperties', 'propertyNames', 'contains', 'then', 'else', 'unevaluatedProperties', 'unevaluatedItems'];
const LISTS_OF = ['allOf', 'anyOf'];
const MAPS_OF = ['dependentSchemas', 'dependencies', 'patternProperties'];
/** Keywords that nothing here can check: what they refer to depends on who asks. */
const DYNAMIC = ['$dynamicRef', '$recursiveRef'];

/** A JSON schema of draft 2020-12, or true or false. */
export type BodySchema = ModelSchema | boolean;

/**
 * The schemas of an API service as its declaration means them, in JSON Schema 2020-12, for requests.
 *
 * Where the gateway's models leave something out, these do not: formats, patterns, limits of lists, discriminators, read-only
 * properties, and all that is new in OpenAPI 3.1. What cannot be checked safely is left out, so that more is accepted, never less.
 */
export class BodySchemas {
  /** The schemas that bodies lead to, by model name. */
  public readonly components: { [modelName: string]: BodySchema } = {};
  private readonly circles: SchemaCircles;
  /** Referred to, and yet to be converted. */
  private readonly pending: { readonly name: string; readonly schema: unknown }[] = [];
  private readonly complete = new WeakSet<object>();
  private readonly faults = new Map<string, string | undefined>();

  public constructor(private readonly schemas: { readonly [name: string]: unknown }, private readonly limits: BodyLimits, private readonly readOnly: ReadOnlyProperties = ReadOnlyProperties.REFUSED) {
    this.circles = new SchemaCircles(schemas, (reference) => this.find(reference).name);
  }

  /** The schema of one body; `$ref`s are the names of `components`, as the compiler takes them. */
  public body(schema: unknown): BodySchema {
    const converted = this.convert(schema, undefined);
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      const component = this.convert(next.schema, next.name);
      this.components[modelName(next.name)] = typeof component === 'boolean' ? component : { [COUNTED]: true, ...component };
    }
    return converted;
  }

  /** True where something that a schema asks for, itself or through another, is not checked. */
  public isIncomplete(schema: unknown, name?: string): boolean {
    const seen = new Set<unknown>();
    // A list and no recursion: a document may chain more references than a call stack has room for.
    const open: (readonly [part: unknown, name: string | undefined])[] = [[schema, name]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [part, around] = next;
      if (typeof part !== 'object' || part === null || seen.has(part) || this.complete.has(part)) continue;
      seen.add(part);
      if (Array.isArray(part)) open.push(...part.map((one) => [one, around] as const));
      else if (this.lacks(part as ModelSchema, around)) return true;
      else open.push(...this.partsOf(part as ModelSchema, around));
    }
    // Where nothing is missing, nothing is missing in whatever was looked at: a large document is walked once, and not for each part.
    for (const part of seen) this.complete.add(part as object);
    return false;
  }

  private partsOf(node: ModelSchema, name: string | undefined): (readonly [part: unknown, name: string | undefined])[] {
    const target = typeof node.$ref === 'string' ? this.find(node.$ref) : undefined;
    return [...(target ? [[target.schema, target.name] as const] : []), ...Object.entries(node).filter(([keyword]) => !LITERALS.has(keyword)).flatMap(([keyword, value]) => {
      // Below these stand names, and no keywords.
      const parts = NAMED.has(keyword) && isObject(value) ? Object.values(value) : [value];
      return parts.map((part) => [part, IN_PLACE.has(keyword) ? name : undefined] as const);
    })];
  }

  private lacks(node: ModelSchema, name: string | undefined): boolean {
    const { format, pattern, patternProperties, maxLength } = node;
    return DYNAMIC.some((keyword) => node[keyword] !== undefined)
      || (typeof node.$ref === 'string' && this.isOpenedAt(name, node.$ref))
      || (typeof format === 'string' && !isValidatorFormat(format))
      || (typeof pattern === 'string' && this.patternFault(pattern, maxLength) !== undefined)
      || (isObject(patternProperties) && Object.keys(patternProperties).some((key) => this.patternFault(key, this.limits.nameBytes ?? 128) !== undefined));
  }

  private patternFault(pattern: string, maxLength: unknown): string | undefined {
    const key = `${String(maxLength)} ${pattern}`;
    if (!this.faults.has(key)) this.faults.set(key, bodyPatternFault(pattern, this.limits, typeof maxLength === 'number' ? maxLength : undefined));
    return this.faults.get(key);
  }

  // The name is that of the schema around, until a property or an item is entered.
  private convert(schema: unknown, name: string | undefined, around: readonly unknown[] = []): BodySchema {
    if (typeof schema === 'boolean') return schema;
    if (!isObject(schema)) return true;
    const model: ModelSchema = {};
    this.simple(schema, model, name);
    this.properties(schema, model, around);
    this.items(schema, model);
    const inner = (keyword: string) => (part: unknown): unknown => (Array.isArray(part) ? part : this.convert(part, IN_PLACE.has(keyword) ? name : undefined));
    for (const keyword of SCHEMAS_OF) if (schema[keyword] !== undefined) model[keyword] = inner(keyword)(schema[keyword]);
    for (const keyword of MAPS_OF) if (isObject(schema[keyword])) model[keyword] = mapped(schema[keyword], inner(keyword));
    for (const keyword of LISTS_OF) if (isList(schema[keyword])) model[keyword] = schema[keyword].map((part) => this.convert(part, name, [...around, schema]));
    this.alternatives(schema, model, name);
    this.opposites(schema, model, name);
    this.giveWay(schema, model, name);
    return model;
  }

  private simple(schema: ModelSchema, model: ModelSchema, name: string | undefined): void {
    if (typeof schema.$ref === 'string' && !this.isOpenedAt(name, schema.$ref)) model.$ref = this.reference(schema.$ref);
    for (const keyword of KEPT) if (schema[keyword] !== undefined) model[keyword] = schema[keyword];
    const types = typesOf(schema);
    if (types !== undefined) model.type = types.length === 1 ? types[0] : types;
    if (Array.isArray(schema.enum)) Object.assign(model, schema.enum.length > 0 ? { enum: schema.enum } : { not: {} });
    // OpenAPI 3.0 says whether the bound itself is out, 3.1 gives the bound.
    for (const [inclusive, exclusive] of [['minimum', 'exclusiveMinimum'], ['maximum', 'exclusiveMaximum']] as const) {
      if (schema[exclusive] === true) model[exclusive] = schema[inclusive];
      else if (schema[inclusive] !== undefined) model[inclusive] = schema[inclusive];
      if (typeof schema[exclusive] === 'number') model[exclusive] = schema[exclusive];
    }
    if (typeof schema.format === 'string' && CHECKED_FORMATS.includes(schema.format)) model.format = schema.format;
    if (typeof schema.pattern === 'string' && this.patternFault(schema.pattern, schema.maxLength) === undefined) model.pattern = schema.pattern;
  }

  private properties(schema: ModelSchema, model: ModelSchema, around: readonly unknown[]): void {
    const { properties, required } = schema;
    const finder = { find: (reference: string) => this.find(reference) };
    // A caller that could set what only the service sets would be one that nobody thought of (mass assignment).
    if (isObject(properties)) model.properties = mapped(properties, (part, property) => (!this.readOnly.isAccepted && isReadOnly({ properties: { [property]: part } }, property, finder) ? false : this.convert(part, undefined)));
    if (Array.isArray(required)) model.required = [...new Set(required as string[])].filter((property) => ![schema, ...around].some((node) => isReadOnly(node, property, finder)));
  }

  private items({ items, prefixItems, additionalItems }: ModelSchema, model: ModelSchema): void {
    // Before 2020-12 a list of items was what prefixItems are now.
    const first = Array.isArray(items) ? items : prefixItems;
    const rest = Array.isArray(items) ? additionalItems : items;
    if (isList(first)) model.prefixItems = first.map((part) => this.convert(part, undefined));
    if (rest !== undefined) model.items = this.convert(rest, undefined);
  }

  private alternatives(schema: ModelSchema, model: ModelSchema, name: string | undefined): void {
    const { oneOf } = schema;
    const chosen = discriminated(schema);
    if (chosen !== undefined) {
      for (const keyword of ['oneOf', 'anyOf']) Reflect.deleteProperty(model, keyword);
      model.allOf = [...(model.allOf as BodySchema[] | undefined ?? []), ...chosen.conditions.map((condition) => this.convert(condition, name))];
    } else if (isList(oneOf)) {
      // An alternative that accepts more than it should makes oneOf refuse more.
      const parts = oneOf.map((part) => this.convert(part, name));
      if (oneOf.length === 1 || !this.isIncomplete(oneOf, name)) model.oneOf = parts;
      else model.allOf = [...(model.allOf as BodySchema[] | undefined ?? []), { anyOf: parts }];
    }
  }

  private opposites(schema: ModelSchema, model: ModelSchema, name: string | undefined): void {
    if (schema.not !== undefined && !this.isIncomplete(schema.not, name)) {
      const not = { not: this.convert(schema.not, name) };
      if (model.not === undefined) Object.assign(model, not);
      else model.allOf = [...(model.allOf as BodySchema[] | undefined ?? []), not];
    }
    if (schema.if !== undefined && !this.isIncomplete(schema.if, name)) model.if = this.convert(schema.if, name);
    if (model.if === undefined) for (const keyword of ['then', 'else']) Reflect.deleteProperty(model, keyword);
  }

  // What counts what others found must know all that they look at.
  private giveWay(schema: ModelSchema, model: ModelSchema, name: string | undefined): void {
    const drop = (...keywords: string[]): void => keywords.forEach((keyword) => Reflect.deleteProperty(model, keyword));
    if (isObject(schema.patternProperties) && this.lacks({ patternProperties: schema.patternProperties }, name)) drop('patternProperties', 'additionalProperties', 'unevaluatedProperties');
    if (schema.contains !== undefined && schema.maxContains !== undefined && this.isIncomplete(schema.contains, name)) drop('maxContains');
    if ((schema.unevaluatedProperties !== undefined || schema.unevaluatedItems !== undefined) && this.isIncomplete(schema, name)) drop('unevaluatedProperties', 'unevaluatedItems');
  }

  private reference(reference: string): string {
    const { name, schema } = this.find(reference);
    const model = modelName(name);
    if (!Object.hasOwn(this.components, model)) {
      this.components[model] = true;
      this.pending.push({ name, schema });
    }
    return `components:${model}`;
  }

  private isOpenedAt(name: string | undefined, reference: string): boolean {
    return name !== undefined && this.circles.isOpenedAt(name, this.find(reference).name);
  }

  private find(reference: string): { name: string; schema: unknown } {
    return findSchema(this.schemas, reference, 'a request body');
  }
}

/** True for a format that is checked, or that only says how a value is meant. */
export function isValidatorFormat(format: string): boolean {
  return CHECKED_FORMATS.includes(format) || UNCHECKED_FORMATS.has(format);
}

/** Keywords that apply other schemas to the same value. */
const IN_PLACE = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas', 'dependencies']);
/** Keywords whose values are schemas by name. */
const NAMED = new Set(['properties', 'patternProperties', 'dependentSchemas', 'dependencies']);
/** Keywords whose values are no schemas. */
const LITERALS = new Set(['enum', 'const', 'default', 'example', 'examples', 'required', 'discriminator', 'xml', 'externalDocs']);

function isObject(value: unknown): value is ModelSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function mapped(map: ModelSchema, of: (part: unknown, name: string) => unknown): ModelSchema {
  return Object.fromEntries(Object.entries(map).map(([name, part]) => [name, of(part, name)]));
}
