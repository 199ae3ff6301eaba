import { isUtf8 } from 'node:buffer';
import { PROBLEMS, type Problem } from '../../lib/contract/problem';
import { DEFAULT_JSON_LIMITS, type JsonLimits } from './json-limits';
import { JsonScanner, type JsonFault } from './json-scan';

/** What makes a JSON body a threat: a limit it exceeds, or that two readers could read it differently. */
export type JsonThreat = JsonFault | 'encoding' | 'duplicateMember' | 'prototypeMember';

/**
 * A body that was not parsed.
 *
 * `threat` is for the service's own log, and the message never quotes the body; `problem` is all that the caller may learn (RFC 9457).
 */
export class JsonThreatRefused extends Error {
  readonly problem: Problem;

  constructor(readonly threat: JsonThreat) {
    super(`JSON body refused: ${threat}`);
    this.name = 'JsonThreatRefused';
    this.problem = threat === 'bodyBytes' ? PROBLEMS.contentTooLarge : PROBLEMS.badRequest;
  }
}

/**
 * Parses JSON bodies that stay within limits, and refuses the others before parsing them.
 *
 * Members that are written twice and names that reach a prototype are refused too: two readers could read such a body differently,
 * and merging it could change every object of the process. `lambdaTrustToken` answers a refusal that its handler lets through.
 *
 * @example
 * const { quantity } = new JsonThreatProtection({ depth: 4 }).parse(event.body) as Order;
 */
export class JsonThreatProtection {
  private readonly scanner: JsonScanner;

  /** @throws TypeError where a limit is no positive whole number */
  constructor(limits: Partial<JsonLimits> = {}) {
    const all = { ...DEFAULT_JSON_LIMITS, ...limits };
    const wrong = Object.entries(all).find(([, limit]) => !Number.isSafeInteger(limit) || limit < 1);
    if (wrong) {
      throw new TypeError(`a limit is a whole number from 1, got ${wrong[1]} for ${wrong[0]}`);
    }
    this.scanner = new JsonScanner(all);
  }

  /**
   * The value of a JSON text in UTF-8; a body that is missing, which a proxy event says by null, is none.
   *
   * @throws JsonThreatRefused
   */
  parse(body: string | Buffer | null | undefined): unknown {
    // Without this a caller who sends no body ends in an error of the service instead of 400.
    if (body === null || body === undefined) {
      throw new JsonThreatRefused('syntax');
    }
    const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
    const { fault, members } = this.scanner.scan(bytes);
    if (fault) {
      throw new JsonThreatRefused(fault);
    }
    if (typeof body !== 'string' && !isUtf8(body)) {
      throw new JsonThreatRefused('encoding');
    }
    const value = parsed(typeof body === 'string' ? body : body.toString('utf8'));
    // JSON.parse keeps the last of equal names, however they are escaped, so that fewer are left than were written.
    if (keptMembers(value) !== members) {
      throw new JsonThreatRefused('duplicateMember');
    }
    return value;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonThreatRefused('syntax');
  }
}

/** @throws JsonThreatRefused `prototypeMember`. The scan has bounded the depth. */
function keptMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) {
      members += keptMembers(item);
    }
    return members;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const name in object) {
    const member = object[name];
    if (reachesPrototype(name, member)) {
      throw new JsonThreatRefused('prototypeMember');
    }
    members += 1 + keptMembers(member);
  }
  return members;
}

/** True for what changes every object of the process once the body is merged into one; `constructor` alone is a word like any other. */
function reachesPrototype(name: string, member: unknown): boolean {
  return name === '__proto__' || (name === 'constructor' && typeof member === 'object' && member !== null && Object.hasOwn(member, 'prototype'));
}
