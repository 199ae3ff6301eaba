/** Finds the schema that a `$ref` leads to. */
export interface SchemaFinder {
  find(reference: string, place: string): { schema: unknown };
}

interface Declaring {
  readonly $ref?: unknown;
  readonly readOnly?: unknown;
  readonly allOf?: unknown;
  readonly properties?: unknown;
}

/** True when a schema, or one that it is composed of, declares a property as read-only. */
export function isReadOnly(schema: unknown, property: string, finder: SchemaFinder, seen: readonly unknown[] = []): boolean {
  if (typeof schema !== 'object' || schema === null || seen.includes(schema)) return false;
  const { $ref, allOf, properties } = schema as Declaring;
  const path = [...seen, schema];
  if (typeof properties === 'object' && properties !== null && Object.hasOwn(properties, property)) {
    if (isMarked((properties as { [name: string]: unknown })[property], finder)) return true;
  }
  if (typeof $ref === 'string' && isReadOnly(finder.find($ref, property).schema, property, finder, path)) return true;
  return Array.isArray(allOf) && allOf.some((part) => isReadOnly(part, property, finder, path));
}

// A $ref chain has no circles: the import refuses them, and a handwritten one ends when a schema repeats.
function isMarked(schema: unknown, finder: SchemaFinder, seen: readonly unknown[] = []): boolean {
  if (typeof schema !== 'object' || schema === null || seen.includes(schema)) return false;
  const { $ref, readOnly, allOf } = schema as Declaring;
  if (readOnly === true) return true;
  const path = [...seen, schema];
  if (typeof $ref === 'string' && isMarked(finder.find($ref, '').schema, finder, path)) return true;
  return Array.isArray(allOf) && allOf.length === 1 && isMarked(allOf[0], finder, path);
}
