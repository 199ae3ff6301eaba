import equal from 'ajv/dist/runtime/equal';
import ucs2length from 'ajv/dist/runtime/ucs2length';
import type { BodyValidators } from '../lib/contract/body-validators';
import { parameterPattern } from '../lib/contract/parameter-rule';
import { TEXT_FORMATS } from './text-format';

/** A function that Ajv generated. */
interface Validate {
  (body: unknown): boolean;
  readonly errors?: readonly { readonly schemaPath: string }[] | null;
}

/** The validators of a service by operation and media type; null for a body that the declaration has no schema for. */
type Table = { readonly [operation: string]: { readonly [mediaType: string]: Validate | null } };

/**
 * Schemas that may still be applied to the body that is being checked.
 *
 * Alternatives that refer back to themselves are tried again at every level of a body, which doubles the work with each: a body of
 * ordinary size could keep a process busy for minutes.
 */
let left = 0;
/** When the check of the body ends at the latest, by `performance.now()`: expressions are affordable once, and alternatives try them again. */
let deadline = 0;
const LONGEST_MILLISECONDS = 500;

function count(): void {
  left -= 1;
  if (left < 0 || performance.now() > deadline) {
    throw new RangeError('too much to check in one body');
  }
}

// By texts in a set: to compare each item with each other one takes a second for a body of ordinary size.
function areUnique(items: readonly unknown[]): boolean {
  return new Set(items.map(canonical)).size === items.length;
}

/** One text for equal values. */
function canonical(value: unknown): string {
  count();
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.sort().join(',')}}`;
}

// 0.07 is seven times 0.01, whatever binary fractions say.
function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) <= Number.EPSILON * Math.max(1, Math.abs(times)) * 4;
}

const within = (bound: number) => (value: number): boolean => Number.isInteger(value) && value >= -bound && value < bound;
/** By name, as Ajv takes them. */
const formats = {
  ...TEXT_FORMATS,
  int32: { type: 'number', validate: within(2 ** 31) },
  int64: { type: 'number', validate: within(2 ** 63) },
};

/** What generated code asks for by name: it comes with the code, so that nothing has to be installed beside it. */
export const PARTS: { readonly [name: string]: unknown } = {
  'ajv/dist/runtime/equal': { default: equal },
  'ajv/dist/runtime/ucs2length': { default: ucs2length },
  formats,
  pattern: parameterPattern,
  isMultiple,
  areUnique,
  count,
};

/** What a generated module exports: `most` schemas are applied to one body, and the operations in `demanding` come with one. */
export function bodyValidators(service: string, most: number, demanding: readonly string[], table: Table): BodyValidators {
  return {
    version: 1,
    service,
    requiresBody: (operation) => demanding.includes(operation),
    bodyFault(operation, mediaType, body) {
      const validate = Object.hasOwn(table, operation) && Object.hasOwn(table[operation]!, mediaType) ? table[operation]![mediaType] : undefined;
      if (validate === undefined) {
        return 'no such body';
      }
      left = most;
      deadline = performance.now() + LONGEST_MILLISECONDS;
      try {
        return validate === null || validate(body) ? undefined : place(validate.errors?.[0]?.schemaPath);
      } catch (error) {
        // A body that takes too much, of steps or of the stack, is none that anybody sends in good faith.
        if (error instanceof RangeError) {
          return 'too involved';
        }
        throw error;
      }
    },
  };
}

function place(schemaPath = '#'): string {
  return schemaPath.slice(schemaPath.indexOf('#'));
}
