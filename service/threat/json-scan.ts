import type { JsonLimits } from './json-limits';

/** Which limit a body exceeds, or that it is not JSON at all. */
export type JsonFault = keyof JsonLimits | 'syntax';

/** What a scan of a body found. */
export interface JsonScan {
  readonly fault?: JsonFault;
  /** Members written in all objects together. */
  readonly members: number;
}

const QUOTE = 34, COMMA = 44, COLON = 58, OPEN_ARRAY = 91, BACKSLASH = 92, CLOSE_ARRAY = 93, OPEN_OBJECT = 123, CLOSE_OBJECT = 125;
const NUMBER_PARTS = [...'0123456789+-.Ee'].map((character) => character.charCodeAt(0));
/** Bytes that a scan stops at outside a text: one look into a table, where ten comparisons would take twice as long. */
const STOPS = table([QUOTE, COMMA, COLON, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT, ...NUMBER_PARTS]);
const IN_NUMBER = table(NUMBER_PARTS);
const STOPS_TEXT = table([QUOTE, BACKSLASH]);

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
  /** Of each open object or array: the commas so far, and whether it is an object. Kept, because a small body is read in less time than they are made. */
  private readonly commas: Int32Array;
  private readonly objects: Uint8Array;

  constructor(private readonly limits: JsonLimits) {
    this.commas = new Int32Array(limits.depth + 1);
    this.objects = new Uint8Array(limits.depth + 1);
  }

  /** Scans a text from its first byte. */
  scan(bytes: Buffer): JsonScan {
    if (bytes.length > this.limits.bodyBytes) {
      return { fault: 'bodyBytes', members: 0 };
    }
    this.commas[0] = 0;
    let members = 0;
    let depth = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (STOPS[byte] === 0) {
        continue;
      }
      if (byte === QUOTE) {
        const end = endOfString(bytes, at);
        if (end < 0) {
          return { fault: 'syntax', members };
        }
        if (end - at - 1 > this.limits.textBytes) {
          return { fault: 'textBytes', members };
        }
        // A text is a name where a colon follows; that is looked at only where the text is too long for one.
        if (end - at - 1 > this.limits.nameBytes && isName(bytes, end)) {
          return { fault: 'nameBytes', members };
        }
        at = end;
      } else if (byte === COLON) {
        members += 1;
      } else if (byte === COMMA) {
        this.commas[depth]! += 1;
        if (this.commas[depth]! >= (this.objects[depth] === 1 ? this.limits.objectMembers : this.limits.arrayItems)) {
          return { fault: this.objects[depth] === 1 ? 'objectMembers' : 'arrayItems', members };
        }
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        depth += 1;
        if (depth > this.limits.depth) {
          return { fault: 'depth', members };
        }
        this.commas[depth] = 0;
        this.objects[depth] = byte === OPEN_OBJECT ? 1 : 0;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        depth -= 1;
        if (depth < 0) {
          return { fault: 'syntax', members };
        }
      } else {
        const end = endOfNumber(bytes, at);
        if (end - at + 1 > this.limits.numberCharacters) {
          return { fault: 'numberCharacters', members };
        }
        at = end;
      }
    }
    return { members };
  }
}

/** Where the closing quote of the string is that opens at a place; -1 where there is none. */
function endOfString(bytes: Buffer, start: number): number {
  let at = start + 1;
  for (;;) {
    // Past the end there is no byte, and so no mark.
    while (STOPS_TEXT[bytes[at]!] === 0) {
      at += 1;
    }
    if (bytes[at] === QUOTE) {
      return at;
    }
    if (at >= bytes.length) {
      return -1;
    }
    at += 2;
  }
}

/** True where the next byte that is no white space is a colon. */
function isName(bytes: Buffer, end: number): boolean {
  let at = end + 1;
  while (at < bytes.length && bytes[at]! <= 32) {
    at += 1;
  }
  return bytes[at] === COLON;
}

/** Where the last character of the number is that begins at a place. */
function endOfNumber(bytes: Buffer, start: number): number {
  let end = start;
  while (IN_NUMBER[bytes[end + 1]!] === 1) {
    end += 1;
  }
  return end;
}
