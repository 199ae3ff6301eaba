import { BY_VALIDATOR } from '../contract/body-validators';
import { ANYTHING, ModelSchema, NEVER, applyBounds, applyTypes, applyValues, typesOf } from './json-type';
import { discriminated } from './discriminator';
import { isPortable } from './model-pattern';
import { isReadOnly } from './read-only';

/** What a conversion needs to know of the other schemas. */
export interface SchemaSurroundings {
  /** The schema that a `$ref` leads to. */
  find(reference: string, place: string): { name: string; schema: unknown };
  /** False when the model of a schema accepts more than the schema does. */
  isExact(name: string): boolean;
  /** True when following a `$ref` would lead back to the schema around it with no property or item in between. */
  isCircle(name: string): boolean;
  /** True when the generated validator refuses read-only properties. */
  readonly refusesReadOnly: boolean;
  /** True when the generated validator of the service library checks all of a schema. */
  isValidated(schema: ModelSchema): boolean;
  /** `$ref` to the model of a schema. */
  modelReference(name: string): string;
}

/** Constraints that models have as they are. */
const KEPT = ['multipleOf', 'maxLength', 'minLength', 'uniqueItems', 'maxProperties', 'minProperties'];

/** Constraints that models have, and that the import leaves out of validation. */
const PERHAPS = ['maxItems', 'minItems'];

/** Constraints that models lack. */
const MISSING = [
  'patternProperties', 'propertyNames', 'prefixItems', 'additionalItems', 'contains', 'unevaluatedProperties', 'unevaluatedItems', 'dependencies',
  '$dynamicRef', '$recursiveRef',
];

/** Formats that only say how a value is meant or shown. */
export const UNCHECKED_FORMATS = new Set(['binary', 'password', 'float', 'double']);

/**
 * Converts a JSON schema (OpenAPI 3.0 or 3.1) into what both OpenAPI 3.0 and JSON Schema draft 4 can say.
 *
 * A gateway model is imported as the first and applied as the second. What neither can say is left out, which makes the
 * model accept more, and `notes` says so. Inside `not`, `oneOf` and `if` accepting more would refuse more, so there the
 * keyword itself gives way.
 */
export class SchemaConversion {
  /** What the model does not check, one sentence each. */
  public readonly notes: string[] = [];
  /** Names of the schemas that the model refers to. */
  public readonly references: string[] = [];
  public readonly model: ModelSchema;
  private accepting = 0;

  public constructor(private readonly surroundings: SchemaSurroundings, schema: unknown, place: string) {
    this.model = this.convert(schema, place);
  }

  /** False when the model accepts more than the schema. */
  public get isExact(): boolean {
    return this.accepting === 0;
  }

  // In place until a property or an item is entered.
  private convert(schema: unknown, place: string, inPlace = true, around: readonly ModelSchema[] = []): ModelSchema {
    if (schema === false) return NEVER;
    if (typeof schema !== 'object' || schema === null) return {};
    const node = schema as ModelSchema;
    const model: ModelSchema = {};
    const conditions: ModelSchema[] = [];
    const types = typesOf(node);
    if (typeof node.$ref === 'string') conditions.push(...this.reference(node.$ref, place, inPlace));
    if (types !== undefined) applyTypes(types, model, conditions);
    if (Array.isArray(node.enum)) applyValues(node.enum, types, conditions);
    if (node.const !== undefined) applyValues([node.const], undefined, conditions);
    applyBounds(node, types, model, conditions);
    this.simple(node, model, place);
    this.parts(node, model, place, around);
    this.compositions(node, model, conditions, place, inPlace, around);
    this.dependencies(node, conditions, place, inPlace);
    return joined(model, conditions);
  }

  private simple(node: ModelSchema, model: ModelSchema, place: string): void {
    for (const keyword of KEPT) if (node[keyword] !== undefined) model[keyword] = node[keyword];
    for (const keyword of PERHAPS) {
      if (node[keyword] === undefined) continue;
      model[keyword] = node[keyword];
      this.accept(`${place}: ${keyword} ${node[keyword]} may not be checked, because the import leaves it out`, {});
    }
    for (const keyword of MISSING) {
      if (node[keyword] === undefined || (node[keyword] === true && keyword !== 'contains')) continue;
      // What is left unevaluated depends on everything beside it.
      this.accept(`${place}: ${keyword} is not checked`, keyword.startsWith('unevaluated') ? node : { [keyword]: node[keyword] });
    }
    if (typeof node.format === 'string' && !UNCHECKED_FORMATS.has(node.format)) this.accept(`${place}: format ${node.format} is not checked`, { format: node.format });
    if (typeof node.pattern === 'string') {
      if (isPortable(node.pattern)) model.pattern = node.pattern;
      else this.accept(`${place}: pattern ${node.pattern} is not checked, because the gateway reads it differently`, { pattern: node.pattern, maxLength: node.maxLength });
    }
    if (node.discriminator !== undefined) this.note(`${place}: discriminator is not read; any of the alternatives may match`, discriminated(node) !== undefined);
  }

  private parts(node: ModelSchema, model: ModelSchema, place: string, around: readonly ModelSchema[]): void {
    const { properties, required, items, additionalProperties } = node;
    if (isObject(properties)) {
      const hidden = Object.keys(properties).filter((name) => isReadOnly({ properties }, name, this.surroundings));
      if (hidden.length > 0) this.note(`${place}: read-only properties may be sent: ${hidden.join(', ')}`, this.surroundings.refusesReadOnly);
      model.properties = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, this.convert(value, `${place}/properties/${segment(name)}`, false)]));
    }
    if (Array.isArray(required)) this.required(new Set(required as string[]), [node, ...around], model, place);
    if (Array.isArray(items)) this.accept(`${place}: items is not checked where it is a list`, { items });
    else if (items !== undefined && node.prefixItems === undefined) model.items = this.convert(items, `${place}/items`, false);
    // Without patternProperties the remaining properties are unknown, and refusing them would refuse too much.
    if (additionalProperties === undefined || additionalProperties === true) return;
    if (node.patternProperties !== undefined) this.accept(`${place}: additionalProperties is not checked beside patternProperties`, { patternProperties: node.patternProperties, additionalProperties });
    else model.additionalProperties = additionalProperties === false ? false : this.convert(additionalProperties, `${place}/additionalProperties`, false);
  }

  // A read-only property is required of responses only, whichever part of a composition says so.
  private required(names: ReadonlySet<string>, nodes: readonly ModelSchema[], model: ModelSchema, place: string): void {
    const relaxed = [...names].filter((name) => nodes.some((node) => isReadOnly(node, name, this.surroundings)));
    if (relaxed.length > 0) this.accept(`${place}: required is not checked for read-only properties: ${relaxed.join(', ')}`);
    const kept = [...names].filter((name) => !relaxed.includes(name));
    if (kept.length > 0) model.required = kept;
  }

  private compositions(node: ModelSchema, model: ModelSchema, conditions: ModelSchema[], place: string, inPlace: boolean, around: readonly ModelSchema[]): void {
    const all = (keyword: string): ModelSchema[] => (node[keyword] as unknown[]).map((part, index) => this.convert(part, `${place}/${keyword}/${index}`, inPlace, [...around, node]));
    if (isList(node.allOf)) conditions.push(...all('allOf'));
    if (isList(node.anyOf)) model.anyOf = all('anyOf');
    if (isList(node.oneOf)) {
      const { value: alternatives, exact } = this.watched(() => all('oneOf'));
      if (exact || alternatives.length === 1) model.oneOf = alternatives;
      else {
        conditions.push({ anyOf: alternatives });
        this.accept(`${place}: oneOf is checked as anyOf, because an alternative is not checked in full`, { oneOf: node.oneOf });
      }
    }
    if (node.not !== undefined) conditions.push(...this.unless(node.not, `${place}/not`, inPlace, 'not'));
    if (node.if !== undefined && (node.then !== undefined || node.else !== undefined)) this.condition(node, conditions, place, inPlace);
  }

  private condition(node: ModelSchema, conditions: ModelSchema[], place: string, inPlace: boolean): void {
    const [otherwise] = this.unless(node.if, `${place}/if`, inPlace, 'if with then and else');
    if (otherwise === undefined) return;
    if (node.then !== undefined) conditions.push({ anyOf: [otherwise, this.convert(node.then, `${place}/then`, inPlace)] });
    if (node.else !== undefined) conditions.push({ anyOf: [otherwise.not as ModelSchema, this.convert(node.else, `${place}/else`, inPlace)] });
  }

  private dependencies(node: ModelSchema, conditions: ModelSchema[], place: string, inPlace: boolean): void {
    const without = (name: string): ModelSchema => ({ not: { type: 'object', required: [name] } });
    for (const [name, required] of isObject(node.dependentRequired) ? Object.entries(node.dependentRequired) : []) {
      if (isList(required)) conditions.push({ anyOf: [without(name), { required: [...new Set(required)] }] });
    }
    for (const [name, schema] of isObject(node.dependentSchemas) ? Object.entries(node.dependentSchemas) : []) {
      conditions.push({ anyOf: [without(name), this.convert(schema, `${place}/dependentSchemas/${segment(name)}`, inPlace)] });
    }
  }

  // The opposite of a schema, unless its model accepts more than it: the opposite would then refuse more.
  private unless(schema: unknown, place: string, inPlace: boolean, keyword: string): ModelSchema[] {
    const { notes, references } = this;
    const [noted, referred, accepting] = [notes.length, references.length, this.accepting];
    const { value, exact } = this.watched(() => this.convert(schema, place, inPlace));
    if (exact) return [{ not: Object.keys(value).length > 0 ? value : ANYTHING }];
    notes.length = noted;
    references.length = referred;
    this.accepting = accepting;
    this.accept(`${place}: ${keyword} is not checked, because the schema in it is not checked in full`, { not: schema });
    return [];
  }

  private reference(reference: string, place: string, inPlace: boolean): ModelSchema[] {
    const { name } = this.surroundings.find(reference, place);
    if (inPlace && this.surroundings.isCircle(name)) {
      this.accept(`${place}: $ref ${reference} is not checked, because it leads back here`);
      return [];
    }
    this.references.push(name);
    if (!this.surroundings.isExact(name)) this.accepting += 1;
    return [{ $ref: this.surroundings.modelReference(name) }];
  }

  private watched<T>(work: () => T): { value: T; exact: boolean } {
    const before = this.accepting;
    const value = work();
    return { value, exact: this.accepting === before };
  }

  // Left out is a part of the schema; nothing is said of a part that nobody checks.
  private accept(note: string, part?: ModelSchema): void {
    this.accepting += 1;
    this.note(note, part !== undefined && this.surroundings.isValidated(part));
  }

  private note(note: string, isValidated: boolean): void {
    this.notes.push(isValidated ? `${note}${BY_VALIDATOR}` : note);
  }
}

/** Keywords that mean the same wherever they stand, so that a condition made of them needs no allOf around it. */
const FREE = new Set(['type', 'enum', 'not', 'anyOf', 'oneOf', 'minimum', 'maximum', 'multipleOf']);

function joined(model: ModelSchema, conditions: readonly ModelSchema[]): ModelSchema {
  const wanted = conditions.filter((condition) => Object.keys(condition).length > 0);
  if (Object.keys(model).length === 0 && wanted.length === 1) return wanted[0]!;
  const allOf = wanted.filter((condition) => {
    const free = Object.keys(condition).every((keyword) => FREE.has(keyword) && (model[keyword] === undefined || model[keyword] === condition[keyword]));
    if (free) Object.assign(model, condition);
    return !free;
  });
  return allOf.length > 0 ? { ...model, allOf } : model;
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function segment(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}
