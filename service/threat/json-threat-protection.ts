import { isUtf8 } from 'node:buffer';
import { BodyRefused } from './body-refused';
import { checkedLimits } from './checked-limits';
import { DEFAULT_JSON_LIMITS, type JsonLimits } from './json-limits';
import { JsonScanner, type JsonFault } from './json-scan';

/** What makes a JSON body a threat: a limit it exceeds, or that two readers could read it differently. */
export type JsonThreat = JsonFault | 'encoding' | 'duplicateMember' | 'prototypeMember';

/** A JSON body that was not parsed; `threat` is for the service's own log. */
export class JsonThreatRefused extends BodyRefused {
  constructor(override readonly threat: JsonThreat) {
    super('JSON', threat);
    this.name = 'JsonThreatRefused';
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
    this.scanner = new JsonScanner(checkedLimits(DEFAULT_JSON_LIMITS, limits));
  }

  /**
   * Looks at the beginning of a body whose rest is yet to come.
   *
   * @throws JsonThreatRefused by a limit that is exceeded already
   */
  glance(beginning: Buffer): void {
    const { fault } = this.scanner.scan(beginning);
    // What is cut off looks malformed.
    if (fault !== undefined && fault !== 'syntax') {
      throw new JsonThreatRefused(fault);
    }
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
    const { fault, members, suspicious } = this.scanner.scan(body);
    if (fault) {
      throw new JsonThreatRefused(fault);
    }
    if (typeof body !== 'string' && !isUtf8(body)) {
      throw new JsonThreatRefused('encoding');
    }
    const value = parsed(typeof body === 'string' ? body : body.toString('utf8'));
    // JSON.parse keeps the last of equal names, however they are escaped, so that fewer are left than were written.
    if ((typeof value === 'object' && value !== null ? keptMembers(value) : 0) !== members) {
      throw new JsonThreatRefused('duplicateMember');
    }
    if (suspicious) {
      refusePrototypes(value);
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

/** Members of all objects in a value that is an object or array; the scan has bounded the depth. */
function keptMembers(value: unknown): number {
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      if (typeof item === 'object' && item !== null) {
        members += keptMembers(item);
      }
    }
    return members;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const name in object) {
    const member = object[name];
    members += 1;
    if (typeof member === 'object' && member !== null) {
      members += keptMembers(member);
    }
  }
  return members;
}

/** @throws JsonThreatRefused */
function refusePrototypes(value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    if (reachesPrototype(name, member)) {
      throw new JsonThreatRefused('prototypeMember');
    }
    refusePrototypes(member);
  }
}

/** True for what changes every object of the process once the body is merged into one; `constructor` alone is a word like any other. */
function reachesPrototype(name: string, member: unknown): boolean {
  return name === '__proto__' || (name === 'constructor' && typeof member === 'object' && member !== null && Object.hasOwn(member, 'prototype'));
}
