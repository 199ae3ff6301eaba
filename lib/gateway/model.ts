import { BodyLimits } from '../contract/body-limits';
import { ReadOnlyProperties } from '../declaration/read-only-properties';
import { BodySchemas } from './body-schema';
import { SchemaConversion, SchemaSurroundings } from './json-schema';
import { ModelSchema, NEVER } from './json-type';
import { SchemaCircles } from './model-circle';
import { NOTHING, modelName } from './model-name';
import { SCHEMAS, findSchema } from './schema-reference';

/** Most that is said of the models behind one body; a large document says everything about everything otherwise. */
const SHOWN_NOTES = 100;

/** What a schema of a document comes to, once everything that it refers to is known. */
interface KnownSchema {
  readonly references: readonly string[];
  isExact: boolean;
}

/** What one request body is checked by. */
export interface BodyModel {
  /** Undefined when the gateway checks nothing. */
  readonly schema?: ModelSchema;
  /** What the document asks for and the gateway cannot enforce. */
  readonly notEnforced: string[];
}

/**
 * The models of one REST API: those schemas of an API service that its request bodies lead to.
 *
 * `$ref`s stay references, so recursive schemas work. A model never refuses what its schema accepts; where it accepts
 * more, `notEnforced` says so.
 */
export class GatewayModels {
  /** `components.schemas` of the OpenAPI body: models reachable from the bodies so far. */
  public readonly components: { [modelName: string]: ModelSchema } = { [NOTHING]: NEVER };
  /** Schema that no body satisfies. */
  public readonly nothing: ModelSchema = { $ref: `${SCHEMAS}${NOTHING}` };

  private readonly known = new Map<string, KnownSchema>();
  private readonly converted = new Map<string, SchemaConversion>();

  private readonly circles: SchemaCircles;
  private readonly validated: BodySchemas;

  /** @param limits of the bodies, by which the generated validators know the patterns that they can afford */
  public constructor(private readonly schemas: { readonly [name: string]: unknown }, limits: BodyLimits = {}, private readonly readOnly: ReadOnlyProperties = ReadOnlyProperties.REFUSED) {
    this.validated = new BodySchemas(schemas, limits);
    this.circles = new SchemaCircles(schemas, (reference) => this.find(reference, 'a schema').name);
  }

  /** What each model does not check, by model name. */
  public get modelNotes(): { readonly [modelName: string]: readonly string[] } {
    return Object.fromEntries([...this.converted].map(([name, { notes }]) => [modelName(name), notes]));
  }

  /** The schema to put under `content[mediaType]`, and what of it the gateway cannot enforce. */
  public body(mediaType: string, schema: unknown): BodyModel {
    if (schema === undefined) return { notEnforced: [] };
    if (!/[/+]json$/.test(mediaType)) return { notEnforced: [`requestBody of '${mediaType}' is not checked: models describe JSON only`] };
    const place = `${mediaType}#`;
    this.analyse(this.convert(schema, place, undefined, () => true).references);
    const conversion = this.convert(schema, place, undefined, (name) => this.isExact(name));
    this.addModels(conversion.references);
    return { schema: conversion.model, notEnforced: [...conversion.notes, ...this.notesOf(conversion.references)] };
  }

  // Whether a model is exact depends on everything behind it, so that is read first, as if all of it were exact.
  private analyse(roots: readonly string[]): void {
    const found = this.reachable(roots, (name) => {
      if (this.known.has(name)) return [];
      const { references, isExact } = this.convert(this.schemas[name], placeOf(name), name, () => true);
      this.known.set(name, { references, isExact });
      return references;
    }).reverse();
    for (let changed = true; changed; ) {
      changed = false;
      for (const name of found) {
        const schema = this.known.get(name)!;
        if (!schema.isExact || schema.references.every((next) => this.isExact(next))) continue;
        schema.isExact = false;
        changed = true;
      }
    }
  }

  // Unknown is only what stands inside something that is left out anyway.
  private isExact(name: string): boolean {
    return this.known.get(name)?.isExact ?? true;
  }

  private addModels(roots: readonly string[]): void {
    this.reachable(roots, (name) => {
      if (this.converted.has(name)) return [];
      const conversion = this.convert(this.schemas[name], placeOf(name), name, (next) => this.isExact(next));
      this.components[modelName(name)] = conversion.model;
      this.converted.set(name, conversion);
      return conversion.references;
    });
  }

  private notesOf(roots: readonly string[]): string[] {
    const names = this.reachable(roots, (name) => this.converted.get(name)!.references);
    const shown: string[] = [];
    let further = 0;
    for (const name of names) {
      const { notes } = this.converted.get(name)!;
      if (shown.length + notes.length <= SHOWN_NOTES) shown.push(...notes);
      else further += notes.length;
    }
    return further > 0 ? [...shown, `${further} further constraints of ${names.length} models that the body leads to are not checked; modelNotes lists them`] : shown;
  }

  private reachable(roots: readonly string[], next: (name: string) => readonly string[]): string[] {
    const found = new Set(roots);
    for (const name of found) for (const reference of next(name)) found.add(reference);
    return [...found];
  }

  private convert(schema: unknown, place: string, name: string | undefined, isExact: (name: string) => boolean): SchemaConversion {
    const surroundings: SchemaSurroundings = {
      find: (reference, at) => this.find(reference, at),
      isExact,
      refusesReadOnly: !this.readOnly.isAccepted,
      isValidated: (part) => !this.validated.isIncomplete(part, name),
      isCircle: (reference) => name !== undefined && this.circles.isOpenedAt(name, reference),
      modelReference: (reference) => `${SCHEMAS}${modelName(reference)}`,
    };
    return new SchemaConversion(surroundings, schema, place);
  }

  private find(reference: string, place: string): { name: string; schema: unknown } {
    return findSchema(this.schemas, reference, place);
  }
}

function placeOf(name: string): string {
  return `${SCHEMAS}${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
}
