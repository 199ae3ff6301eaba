import { isUtf8 } from 'node:buffer';

/** A JSON value as `JSON.parse` gives it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

/** The text is not one well-formed, unambiguous JSON object. The message never quotes it. */
export class JsonRefusal extends Error {
  constructor(fault: string) {
    super(fault);
    this.name = 'JsonRefusal';
  }
}

/** Deepest nesting that is read; tokens and key sets need four. */
const MAX_DEPTH = 8;
/** Longest number that is read; the safe integers need seventeen characters. */
const MAX_NUMBER_LENGTH = 24;

const QUOTE = 34, COMMA = 44, MINUS = 45, COLON = 58, OPEN_ARRAY = 91, BACKSLASH = 92, CLOSE_ARRAY = 93, OPEN_OBJECT = 123, CLOSE_OBJECT = 125;
const NUMBER = /-?[0-9][0-9.eE+-]*/y;

/**
 * The one object that a UTF-8 JSON text holds.
 *
 * Stricter than `JSON.parse` where two readers could disagree (RFC 8725 section 2.4): duplicate members, however they are
 * escaped, `__proto__`, invalid UTF-8, deep nesting, and numbers that a double cannot hold are refused.
 *
 * @throws JsonRefusal
 */
export function parseJsonObject(bytes: Buffer): JsonObject {
  if (!isUtf8(bytes)) {
    throw new JsonRefusal('not UTF-8');
  }
  const text = bytes.toString('utf8');
  refuseAmbiguity(text);
  const value = parsed(text);
  if (!isJsonObject(value)) {
    throw new JsonRefusal('not an object');
  }
  return value;
}

/** True for an object; false for null and arrays. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new JsonRefusal('not JSON');
  }
}

// Reads tokens only: JSON.parse, which runs after it, judges the grammar.
function refuseAmbiguity(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let namesExpected = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) {
      const end = endOfString(text, at);
      if (namesExpected) {
        addMember(open.at(-1), text.slice(at, end));
      }
      at = end - 1;
    } else if (character === OPEN_OBJECT || character === OPEN_ARRAY) {
      namesExpected = character === OPEN_OBJECT;
      if (open.push(namesExpected ? new Set() : undefined) > MAX_DEPTH) {
        throw new JsonRefusal('too deep');
      }
    } else if (character === CLOSE_OBJECT || character === CLOSE_ARRAY) {
      open.pop();
    } else if (character === COMMA) {
      namesExpected = open.at(-1) !== undefined;
    } else if (character === COLON) {
      namesExpected = false;
    } else if (character === MINUS || (character >= 48 && character <= 57)) {
      at = endOfNumber(text, at) - 1;
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) {
      return at + 1;
    }
    if (character === BACKSLASH) {
      at += 1;
    }
  }
  throw new JsonRefusal('not JSON');
}

function addMember(members: Set<string> | undefined, literal: string): void {
  const name = literal.includes('\\') ? String(parsed(literal)) : literal.slice(1, -1);
  if (name === '__proto__' || members?.has(name)) {
    throw new JsonRefusal('ambiguous member');
  }
  members?.add(name);
}

function endOfNumber(text: string, start: number): number {
  NUMBER.lastIndex = start;
  const literal = NUMBER.exec(text)?.[0] ?? '';
  const value = Number(literal);
  if (literal === '' || literal.length > MAX_NUMBER_LENGTH || !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw new JsonRefusal('absurd number');
  }
  return start + literal.length;
}
