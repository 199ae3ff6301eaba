/** Keywords that apply a schema to the same value; no property or item lies in between. */
const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'];

/** Schemas that a schema applies to the same value by `$ref`, as text. */
export function inPlaceReferences(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const node = schema as { [keyword: string]: unknown };
  const nested = IN_PLACE.map((keyword) => node[keyword]).filter((part): part is object => typeof part === 'object' && part !== null);
  const parts = nested.flatMap((part) => ('type' in part || '$ref' in part || Array.isArray(part) ? [part].flat() : [part, ...Object.values(part)]));
  return [...(typeof node.$ref === 'string' ? [node.$ref] : []), ...parts.flatMap(inPlaceReferences)];
}
