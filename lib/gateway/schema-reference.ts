import { demand } from '../private/refusal';

/** How the schema of a name is referred to. */
export const SCHEMAS = '#/components/schemas/';

/** The schema that a `$ref` leads to; refuses with `OPENAPI_REF` one that leads to nothing. */
export function findSchema(schemas: { readonly [name: string]: unknown }, reference: string, place: string): { name: string; schema: unknown } {
  const name = reference.startsWith(SCHEMAS) ? unescaped(reference.slice(SCHEMAS.length)) : undefined;
  demand('OPENAPI_REF', name !== undefined && Object.hasOwn(schemas, name), () => `'${reference}' in ${place}`, `${SCHEMAS}NAME with a NAME that is in schemas`);
  return { name, schema: schemas[name] };
}

function unescaped(segment: string): string | undefined {
  return segment.includes('/') ? undefined : segment.replace(/~1/g, '/').replace(/~0/g, '~');
}
