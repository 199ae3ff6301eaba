/** Keywords that apply other schemas to the same value, and how those schemas are held. */
const IN_PLACE: { readonly [keyword: string]: (value: object) => unknown[] } = {
  allOf: Object.values,
  anyOf: Object.values,
  oneOf: Object.values,
  dependentSchemas: Object.values,
  not: (schema) => [schema],
  if: (schema) => [schema],
  then: (schema) => [schema],
  else: (schema) => [schema],
};

/**
 * Schemas that lead back to themselves with no property or item in between.
 *
 * No value can be checked against such a circle. It is opened where a schema refers back to one that is declared
 * before it, so that the choice depends on the document alone.
 */
export class SchemaCircles {
  private readonly order: ReadonlyMap<string, number>;
  private readonly reached = new Map<string, ReadonlySet<string>>();

  public constructor(private readonly schemas: { readonly [name: string]: unknown }, private readonly nameOf: (reference: string) => string) {
    this.order = new Map(Object.keys(schemas).map((name, index) => [name, index]));
  }

  /** True when a `$ref` from one schema to another, applied to the same value, is to be left out. */
  public isOpenedAt(from: string, to: string): boolean {
    return this.order.get(to)! <= this.order.get(from)! && this.reachedFrom(to).has(from);
  }

  private reachedFrom(name: string): ReadonlySet<string> {
    let reached = this.reached.get(name);
    if (reached === undefined) {
      const found = new Set([name]);
      for (const next of found) for (const reference of inPlaceReferences(this.schemas[next])) found.add(this.nameOf(reference));
      this.reached.set(name, (reached = found));
    }
    return reached;
  }
}

function inPlaceReferences(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const node = schema as { readonly [keyword: string]: unknown };
  const parts = Object.entries(IN_PLACE).flatMap(([keyword, held]) => (typeof node[keyword] === 'object' && node[keyword] !== null ? held(node[keyword]) : []));
  return [...(typeof node.$ref === 'string' ? [node.$ref] : []), ...parts.flatMap(inPlaceReferences)];
}
