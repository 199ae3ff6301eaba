import { ModelSchema } from './json-type';
import { SCHEMAS } from './schema-reference';

/** What a discriminator makes of the alternatives beside it. */
export interface Discriminated {
  /** Hold all of them: the property has a known value, and the alternative of that value holds. */
  readonly conditions: readonly ModelSchema[];
}

/**
 * Reads the discriminator of a schema whose alternatives are all references; undefined where it names none that are beside it.
 *
 * Only the alternative that the value names is looked at, so a caller cannot have every one of them tried at every level of a
 * recursive schema. An alternative goes by what maps to it, or by its schema's name.
 */
export function discriminated({ discriminator, oneOf, anyOf }: ModelSchema): Discriminated | undefined {
  const { propertyName, mapping } = (typeof discriminator === 'object' && discriminator !== null ? discriminator : {}) as { readonly propertyName?: unknown; readonly mapping?: unknown };
  const alternatives = [oneOf, anyOf].find((list) => Array.isArray(list) && list.length > 0) as unknown[] | undefined;
  if (typeof propertyName !== 'string' || alternatives === undefined || (oneOf !== undefined && anyOf !== undefined)) return undefined;
  const references = alternatives.map(referenceOf);
  const mapped = Object.entries((mapping ?? {}) as { [value: string]: unknown }).map(([value, to]) => [value, String(to).includes('/') ? String(to) : `${SCHEMAS}${String(to)}`] as const);
  if (references.includes(undefined) || mapped.some(([, to]) => !references.includes(to))) return undefined;
  const values = references.map((reference) => {
    const given = mapped.filter(([, to]) => to === reference).map(([value]) => value);
    return given.length > 0 ? given : [reference!.slice(reference!.lastIndexOf('/') + 1).replaceAll('~1', '/').replaceAll('~0', '~')];
  });
  const tagged = (allowed: readonly string[]): ModelSchema => ({ type: 'object', required: [propertyName], properties: { [propertyName]: { enum: allowed } } });
  return { conditions: [tagged([...new Set(values.flat())]), ...alternatives.map((alternative, index) => ({ if: tagged(values[index]!), then: alternative }))] };
}

function referenceOf(alternative: unknown): string | undefined {
  const reference = (alternative as { readonly $ref?: unknown } | null)?.$ref;
  return typeof reference === 'string' ? reference : undefined;
}
