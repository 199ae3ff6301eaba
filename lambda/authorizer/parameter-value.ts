import { parameterPattern, type ValueRule, type ValueType } from '../../lib/contract/parameter-rule';
import { formatFault } from '../../runtime/text-format';

const TEXT: readonly ValueType[] = ['string'];
/** A number of JSON (RFC 8259), which is what numbers in parameters are; services differ in what else they read. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER = /^-?(?:0|[1-9]\d*)$/;
const BOUNDS_32 = 2 ** 31;
const BOUNDS_64 = 2 ** 63;

/** Compiled once, with the first value: there are as many as the configuration has. */
const patterns = new Map<string, RegExp>();

/** The keyword that a text breaks; nothing where it is as the rule says. */
export function valueFault(text: string, rule: ValueRule): string | undefined {
  let fault: string | undefined;
  for (const type of rule.type ?? TEXT) {
    fault = CHECKS[type](text, rule);
    if (fault === undefined) {
      break;
    }
  }
  return fault ?? composedFault(text, rule);
}

const CHECKS: { readonly [type in ValueType]: (text: string, rule: ValueRule) => string | undefined } = {
  string: (text, rule) => enumFault(text, rule, String) ?? textFault(text, rule),
  boolean: (text, rule) => (text === 'true' || text === 'false' ? enumFault(text, rule, String) : 'type'),
  number: (text, rule) => (NUMBER.test(text) && Number.isFinite(Number(text)) ? enumFault(Number(text), rule, Number) ?? numberFault(Number(text), rule) : 'type'),
  // Exact however long, where a number would be rounded.
  integer: (text, rule) => (INTEGER.test(text) ? enumFault(Number(text), rule, Number) ?? integerFault(BigInt(text), rule) : 'type'),
};

function enumFault<T>(value: T, { enum: values }: ValueRule, as: (listed: unknown) => T): string | undefined {
  return values === undefined || values.some((listed) => as(listed) === value) ? undefined : 'enum';
}

// Lengths first: a pattern may be slow with a long text.
function textFault(text: string, { minLength = 0, maxLength = Infinity, pattern, format }: ValueRule): string | undefined {
  if (minLength > 0 || maxLength < Infinity) {
    const length = codePoints(text);
    if (length < minLength) {
      return 'minLength';
    }
    if (length > maxLength) {
      return 'maxLength';
    }
  }
  if (pattern !== undefined && !compiled(pattern).test(text)) {
    return 'pattern';
  }
  return format === undefined ? undefined : formatFault(text, format);
}

function integerFault(value: bigint, rule: ValueRule): string | undefined {
  const bound = rule.format === 'int32' ? BOUNDS_32 : rule.format === 'int64' ? BOUNDS_64 : Infinity;
  if (value >= bound || value < -bound) {
    return 'format';
  }
  const { multipleOf } = rule;
  if (multipleOf !== undefined && (Number.isInteger(multipleOf) ? value % BigInt(multipleOf) !== 0n : !isMultiple(Number(value), multipleOf))) {
    return 'multipleOf';
  }
  return boundsFault(value, rule);
}

function numberFault(value: number, rule: ValueRule): string | undefined {
  return rule.multipleOf !== undefined && !isMultiple(value, rule.multipleOf) ? 'multipleOf' : boundsFault(value, rule);
}

function boundsFault(value: number | bigint, { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: ValueRule): string | undefined {
  if (minimum !== undefined && value < minimum) {
    return 'minimum';
  }
  if (maximum !== undefined && value > maximum) {
    return 'maximum';
  }
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
    return 'exclusiveMinimum';
  }
  return exclusiveMaximum !== undefined && value >= exclusiveMaximum ? 'exclusiveMaximum' : undefined;
}

// 0.07 is seven times 0.01, whatever binary fractions say.
function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) <= Number.EPSILON * Math.max(1, Math.abs(times)) * 4;
}

function composedFault(text: string, { allOf, anyOf, oneOf, not }: ValueRule): string | undefined {
  for (const rule of allOf ?? []) {
    const fault = valueFault(text, rule);
    if (fault !== undefined) {
      return fault;
    }
  }
  if (anyOf !== undefined && !anyOf.some((rule) => valueFault(text, rule) === undefined)) {
    return 'anyOf';
  }
  if (oneOf !== undefined && oneOf.filter((rule) => valueFault(text, rule) === undefined).length !== 1) {
    return 'oneOf';
  }
  return not !== undefined && valueFault(text, not) === undefined ? 'not' : undefined;
}

function compiled(pattern: string): RegExp {
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    patterns.set(pattern, (expression = parameterPattern(pattern)));
  }
  return expression;
}

function codePoints(text: string): number {
  let length = 0;
  for (const _ of text) {
    length += 1;
  }
  return length;
}
