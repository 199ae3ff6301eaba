import { CHECKED_FORMATS, ValueRule, ValueType, parameterPattern } from '../contract/parameter-rule';
import { LONGEST_VALUE, isAffordable } from './pattern-cost';

/** A JSON schema, as a document has it. */
export type Schema = Readonly<Record<string, unknown>>;

type Draft = { -readonly [Member in keyof ValueRule]: ValueRule[Member] };

const TYPES: ReadonlySet<unknown> = new Set<ValueType>(['string', 'integer', 'number', 'boolean']);
/** Keywords that are taken as they are. */
const KEPT = ['minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const;
const OF_NUMBERS: readonly string[] = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
/** Formats that only say how a value is meant or shown. */
const UNCHECKED_FORMATS: readonly unknown[] = ['binary', 'password', 'float', 'double', 'base64'];
/** Keywords that no rule has. */
const MISSING = ['if', 'dependentSchemas', '$dynamicRef', '$recursiveRef', 'contentSchema'];

/** Schemas of a document, and what of them no rule can say. */
export class ValueRules {
  /** Keywords that are not checked, as reviewers read them. */
  public readonly missing: string[] = [];

  public constructor(private readonly schemas: { readonly [name: string]: unknown }) {}

  /**
   * A schema without the layers that mean nothing to a text: `$ref`, an `allOf` of one, an alternative to null.
   *
   * What would say the same keyword twice stays apart.
   */
  public flat(schema: unknown, trail: readonly string[] = []): Schema {
    if (schema === false) return { enum: [] };
    if (!isSchema(schema)) return {};
    const { $ref: reference, ...own } = schema;
    if (typeof reference === 'string') return merged(this.target(reference, trail), own) ?? { ...own, allOf: [...listOf(own.allOf), this.target(reference, trail)] };
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const parts = listOf(own[keyword]).filter((part) => !isSchema(part) || part.type !== 'null');
      if (parts.length !== 1) continue;
      const { [keyword]: _, ...rest } = own;
      const flat = merged(this.flat(parts[0], trail), rest);
      if (flat !== undefined) return this.flat(flat, trail);
    }
    return own;
  }

  /** The rule for one text; what it cannot say is in `missing`, and makes it accept more. */
  public rule(schema: unknown, inherited?: readonly ValueType[]): ValueRule {
    const node = this.flat(schema);
    const types = this.types(node) ?? inherited ?? this.typesAmong(listOf(node.allOf)) ?? (OF_NUMBERS.some((keyword) => node[keyword] !== undefined) ? ['number'] : undefined);
    const rule: Draft = { ...(types && types.join() !== 'string' && { type: types }) };
    const values = Array.isArray(node.enum) ? node.enum : node.const === undefined ? undefined : [node.const];
    if (values !== undefined) rule.enum = (values as unknown[]).filter((value) => ['string', 'number', 'boolean'].includes(typeof value)) as ValueRule['enum'];
    for (const keyword of KEPT) if (typeof node[keyword] === 'number') rule[keyword] = node[keyword];
    this.exclusive(node, rule);
    this.text(node, rule);
    for (const keyword of ['allOf', 'anyOf', 'oneOf', 'not'] as const) if (node[keyword] !== undefined) this.composed(node, keyword, types, rule);
    this.missing.push(...MISSING.filter((keyword) => node[keyword] !== undefined));
    return rule;
  }

  /** Types of a schema, `null` left out because no text is. */
  public typesOf(node: Schema): string[] {
    const named = [node.type].flat().filter((type) => typeof type === 'string' && type !== 'null') as string[];
    if (named.length > 0) return named;
    if (node.items !== undefined || node.prefixItems !== undefined) return ['array'];
    if (node.properties !== undefined) return ['object'];
    return [];
  }

  private types(node: Schema): ValueType[] | undefined {
    const named = this.typesOf(node);
    const known = named.filter((type) => TYPES.has(type)) as ValueType[];
    if (named.length > known.length) {
      this.missing.push(`type ${named.join(' or ')}`);
      return undefined;
    }
    return known.length > 0 ? known : undefined;
  }

  // What one of several says of the type holds for all of them.
  private typesAmong(parts: readonly unknown[]): ValueType[] | undefined {
    const types = parts.map((part) => this.typesOf(this.flat(part)) as ValueType[]).find((named) => named.length > 0);
    return types?.every((type) => TYPES.has(type)) ? types : undefined;
  }

  // OpenAPI 3.0 says whether the bound itself is out, 3.1 gives the bound.
  private exclusive(node: Schema, rule: Draft): void {
    if (node.exclusiveMinimum === true && rule.minimum !== undefined) [rule.exclusiveMinimum, rule.minimum] = [rule.minimum, undefined];
    if (node.exclusiveMaximum === true && rule.maximum !== undefined) [rule.exclusiveMaximum, rule.maximum] = [rule.maximum, undefined];
  }

  private text({ format, pattern }: Schema, rule: Draft): void {
    if (typeof format === 'string' && !UNCHECKED_FORMATS.includes(format)) {
      if (CHECKED_FORMATS.includes(format)) rule.format = format;
      else this.missing.push(`format ${format}`);
    }
    if (typeof pattern !== 'string') return;
    // A code point is at most two of the units that lengths here are counted in.
    const fault = patternFault(pattern, (rule.maxLength ?? LONGEST_VALUE) * 2);
    if (fault === undefined) rule.pattern = pattern;
    else this.missing.push(`pattern ${pattern} (${fault})`);
  }

  private composed(node: Schema, keyword: 'allOf' | 'anyOf' | 'oneOf' | 'not', types: readonly ValueType[] | undefined, rule: Draft): void {
    const before = this.missing.length;
    const rules = (keyword === 'not' ? [node.not] : listOf(node[keyword])).filter((part) => !isSchema(part) || part.type !== 'null').map((part) => this.rule(part, types));
    const isExact = this.missing.length === before;
    if (keyword === 'allOf' || keyword === 'anyOf') rule[keyword] = rules;
    // What accepts more than it should refuses more where it must not match.
    else if (keyword === 'oneOf' && isExact) rule.oneOf = rules;
    else if (keyword === 'oneOf') rule.anyOf = rules;
    else if (isExact) rule.not = rules[0];
    else this.missing.push('not');
  }

  private target(reference: string, trail: readonly string[]): Schema {
    const name = decodeURIComponent(/^#\/components\/schemas\/([^/]+)$/.exec(reference)?.[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
    if (trail.includes(name) || !Object.hasOwn(this.schemas, name)) {
      this.missing.push(`$ref ${reference}`);
      return {};
    }
    return this.flat(this.schemas[name], [...trail, name]);
  }
}

/** True for a schema that is an object. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function patternFault(pattern: string, longest: number): string | undefined {
  try {
    parameterPattern(pattern);
  } catch {
    return 'which is no regular expression of ECMAScript';
  }
  return isAffordable(pattern, longest) ? undefined : 'which a caller could make run too long';
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Words that constrain nothing, so that it does not matter which of two stays. */
const REMARKS = new Set(['title', 'description', 'default', 'example', 'examples', 'deprecated', 'nullable', 'readOnly', 'writeOnly', 'externalDocs', 'xml', '$comment']);

function merged(left: Schema, right: Schema): Schema | undefined {
  const twice = Object.keys(left).filter((key) => Object.hasOwn(right, key) && !REMARKS.has(key));
  return twice.every((key) => JSON.stringify(left[key]) === JSON.stringify(right[key])) ? { ...left, ...right } : undefined;
}
