import type { JsonLimits } from './json-limits';

/** Which limit a body exceeds, or that it is not JSON at all. */
export type JsonFault = keyof JsonLimits | 'syntax';

/** What a scan of a body found. */
export interface JsonScan {
  readonly fault?: JsonFault;
  /** Members written in all objects together. */
  readonly members: number;
  /** True where a text could be a name that reaches a prototype: it is spelled like one, or escaped. */
  readonly suspicious?: boolean;
}

const QUOTE = 34, COMMA = 44, COLON = 58, OPEN_ARRAY = 91, BACKSLASH = 92, CLOSE_ARRAY = 93, UNDERSCORE = 95, LETTER_C = 99, OPEN_OBJECT = 123, CLOSE_OBJECT = 125;
const PROTO_LENGTH = '__proto__'.length, CONSTRUCTOR_LENGTH = 'constructor'.length;
const IN_NUMBER = table([...'0123456789+-.Ee'].map((character) => character.charCodeAt(0)));

function table(bytes: readonly number[]): Uint8Array {
  const marked = new Uint8Array(256);
  for (const byte of bytes) {
    marked[byte] = 1;
  }
  return marked;
}

/**
 * Reads a JSON text once, as tokens, and stops at the first limit that it exceeds.
 *
 * `JSON.parse` judges the grammar afterwards: a scan only has to make sure that parsing is cheap. Over bytes, because those are
 * read in half the time of characters, and no byte of a longer UTF-8 sequence is one that is looked for.
 */
export class JsonScanner {
  /** Of each object or array around the innermost one: its commas so far, and whether it is an object. Kept, because a small body is read in less time than they are made. */
  private readonly commas: Int32Array;
  private readonly objects: Uint8Array;

  constructor(private readonly limits: JsonLimits) {
    this.commas = new Int32Array(limits.depth + 1);
    this.objects = new Uint8Array(limits.depth + 1);
  }

  /** Scans a text: the first bytes of a buffer, as many as are said. */
  scan(bytes: Buffer, length = bytes.length): JsonScan {
    const { objectMembers, arrayItems, textBytes, nameBytes, numberCharacters, depth: deepest } = this.limits;
    const { commas, objects } = this;
    if (length > this.limits.bodyBytes) {
      return { fault: 'bodyBytes', members: 0 };
    }
    let members = 0;
    let depth = 0;
    let separated = 0;
    let most = arrayItems;
    let suspicious = false;
    let at = 0;
    objects[0] = 0;
    // Comparisons in the order of what is common: a table of bytes takes a third longer.
    while (at < length) {
      const byte = bytes[at++]!;
      if (byte === QUOTE) {
        const start = at;
        let next = bytes[at]!;
        while (next !== QUOTE) {
          if (next === BACKSLASH) {
            suspicious = true;
            at += 1;
          }
          at += 1;
          if (at >= length) {
            return { fault: 'syntax', members };
          }
          next = bytes[at]!;
        }
        const size = at - start;
        at += 1;
        if (size > textBytes) {
          return { fault: 'textBytes', members };
        }
        // A text is a name where a colon follows; that is looked at only where the text is too long for one.
        if (size > nameBytes && isName(bytes, at, length)) {
          return { fault: 'nameBytes', members };
        }
        suspicious ||= (size === PROTO_LENGTH && bytes[start] === UNDERSCORE) || (size === CONSTRUCTOR_LENGTH && bytes[start] === LETTER_C);
      } else if (byte === COLON) {
        members += 1;
      } else if (byte === COMMA) {
        separated += 1;
        if (separated >= most) {
          return { fault: objects[depth] === 1 ? 'objectMembers' : 'arrayItems', members };
        }
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        commas[depth] = separated;
        depth += 1;
        if (depth > deepest) {
          return { fault: 'depth', members };
        }
        separated = 0;
        objects[depth] = byte === OPEN_OBJECT ? 1 : 0;
        most = byte === OPEN_OBJECT ? objectMembers : arrayItems;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        depth -= 1;
        if (depth < 0) {
          return { fault: 'syntax', members };
        }
        separated = commas[depth]!;
        most = objects[depth] === 1 ? objectMembers : arrayItems;
      } else if (IN_NUMBER[byte] === 1) {
        const start = at - 1;
        while (at < length && IN_NUMBER[bytes[at]!] === 1) {
          at += 1;
        }
        if (at - start > numberCharacters) {
          return { fault: 'numberCharacters', members };
        }
      }
    }
    return { members, suspicious };
  }
}

/** True where the next byte from a place that is no white space is a colon. */
function isName(bytes: Buffer, from: number, length: number): boolean {
  let at = from;
  while (at < length && bytes[at]! <= 32) {
    at += 1;
  }
  return at < length && bytes[at] === COLON;
}
