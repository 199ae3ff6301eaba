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

const QUOTE = 34, MINUS = 45, ZERO = 48, NINE = 57, COLON = 58, OPEN_ARRAY = 91, BACKSLASH = 92, CLOSE_ARRAY = 93, OPEN_OBJECT = 123, CLOSE_OBJECT = 125;
/** Longest whole number that needs no second look. */
const SAFE_DIGITS = 15;
/** `+-.Ee`: what a number holds beside digits. */
const NUMBER_PARTS: readonly number[] = [43, 45, 46, 69, 101];

/**
 * The one object that a UTF-8 JSON text holds.
 *
 * Stricter than `JSON.parse` where two readers could disagree (RFC 8725 section 2.4): duplicate members, however they are
 * escaped, `__proto__`, invalid UTF-8, halves of characters (RFC 7493 section 2.1), deep nesting, and numbers that a double cannot
 * hold are refused.
 *
 * @throws JsonRefusal
 */
export function parseJsonObject(bytes: Buffer): JsonObject {
  if (!isUtf8(bytes)) {
    throw new JsonRefusal('not UTF-8');
  }
  const text = bytes.toString('utf8');
  const members = scannedMembers(text);
  const value = parsed(text);
  if (!isJsonObject(value)) {
    throw new JsonRefusal('not an object');
  }
  // JSON.parse keeps the last of equal names, however they are escaped, so that fewer are left than were written.
  if (keptMembers(value) !== members) {
    throw new JsonRefusal('ambiguous member');
  }
  // In UTF-8 only an escape can write half a character.
  if (text.includes('\\u') && hasHalfCharacter(value)) {
    throw new JsonRefusal('not Unicode');
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

/**
 * How many members the text writes. Reads tokens only: JSON.parse, which runs after it, judges the grammar.
 *
 * Most of a token is the inside of strings, and looking for their ends takes half the time of reading them.
 */
function scannedMembers(text: string): number {
  let depth = 0;
  let members = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === COLON) {
      members += 1;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      depth += 1;
      if (depth > MAX_DEPTH) {
        throw new JsonRefusal('too deep');
      }
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      depth -= 1;
    } else if (code === MINUS || isDigit(code)) {
      at = endOfNumber(text, at);
    }
  }
  return members;
}

/** Where the closing quote of the string is that opens at a place. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (isEscaped(text, at)) {
    at = text.indexOf('"', at + 1);
  }
  if (at === -1) {
    throw new JsonRefusal('not JSON');
  }
  return at;
}

// Each pair of backslashes before it is a character of its own; the run ends at the opening quote at the latest.
function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1;
  while (text.charCodeAt(before) === BACKSLASH) {
    before -= 1;
  }
  return (quote - before) % 2 === 0;
}

/** Where the last character of the number is that begins at a place. */
function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (isDigit(text.charCodeAt(end))) {
    end += 1;
  }
  const whole = !NUMBER_PARTS.includes(text.charCodeAt(end));
  if (whole && end - start <= SAFE_DIGITS && isDigit(text.charCodeAt(end - 1))) {
    return end - 1;
  }
  while (isDigit(text.charCodeAt(end)) || NUMBER_PARTS.includes(text.charCodeAt(end))) {
    end += 1;
  }
  const value = end - start > MAX_NUMBER_LENGTH ? Number.NaN : Number(text.slice(start, end));
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw new JsonRefusal('absurd number');
  }
  return end - 1;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** @throws JsonRefusal where a member is named `__proto__`, which assignment would take for something else */
function keptMembers(value: Json | undefined): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  let members = 0;
  if (isList(value)) {
    for (const item of value) {
      members += keptMembers(item);
    }
    return members;
  }
  for (const name of Object.keys(value)) {
    if (name === '__proto__') {
      throw new JsonRefusal('ambiguous member');
    }
    members += 1 + keptMembers(value[name]);
  }
  return members;
}

/** One half of a surrogate pair: what writes it as UTF-8 makes it equal to any other half, or fails. */
const HALF_CHARACTER = /\p{Cs}/u;

function hasHalfCharacter(value: Json | undefined): boolean {
  if (typeof value === 'string') {
    return HALF_CHARACTER.test(value);
  }
  return typeof value === 'object' && value !== null && Object.entries(value).some(([name, member]) => HALF_CHARACTER.test(name) || hasHalfCharacter(member as Json));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
