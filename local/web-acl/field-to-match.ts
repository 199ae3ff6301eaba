import { LocalRefusal } from '../local-refusal';
import type { InspectedRequest } from './inspected-request';
import { headerValues } from './inspected-request';

/** What a statement looks at: texts (latin1), or a verdict where oversize handling decided without looking. */
export type Inspection = readonly string[] | boolean;

/** Reads the component of a request that a statement names. */
export type FieldReader = (request: InspectedRequest, bodyLimit: number) => Inspection;

interface Selection { readonly Name?: string; readonly OversizeHandling?: string; readonly MatchScope?: string; readonly MatchPattern?: MatchPattern; readonly InvalidFallbackBehavior?: string }
interface MatchPattern {
  readonly All?: object; readonly IncludedPaths?: readonly string[];
  readonly IncludedHeaders?: readonly string[]; readonly ExcludedHeaders?: readonly string[];
  readonly IncludedCookies?: readonly string[]; readonly ExcludedCookies?: readonly string[];
}

// "Only the first 8 KB and the first 200 headers" (or cookies) reach the web ACL.
const LIST_LIMIT = { bytes: 8192, entries: 200 };

/** Readers by the member name of `FieldToMatch`. */
const FIELDS: { readonly [name: string]: (selection: Selection) => FieldReader } = {
  SingleHeader: ({ Name }) => (request) => {
    const values = headerValues(request, Name!);
    return values.length < 2 ? values : [values.join(',')];
  },
  SingleQueryArgument: ({ Name }) => ({ query }) => queryArguments(query).filter(([name]) => name.toLowerCase() === Name!.toLowerCase()).map(([, value]) => value),
  AllQueryArguments: () => ({ query }) => queryArguments(query).flat(),
  UriPath: () => ({ path }) => [path],
  QueryString: () => ({ query }) => [query],
  Method: () => ({ method }) => [method],
  Body: ({ OversizeHandling }) => ({ body }, limit) => body.length > limit ? oversize(OversizeHandling, [body.toString('latin1', 0, limit)]) : [body.toString('latin1')],
  JsonBody: (selection) => ({ body }, limit) => {
    const inspect = jsonTexts(body.subarray(0, limit), selection);
    return body.length > limit ? oversize(selection.OversizeHandling, inspect) : inspect;
  },
  Headers: ({ MatchPattern: pattern, MatchScope, OversizeHandling }) => (request) =>
    entries(request.headers, pattern?.IncludedHeaders, pattern?.ExcludedHeaders, MatchScope, OversizeHandling),
  Cookies: ({ MatchPattern: pattern, MatchScope, OversizeHandling }) => (request) =>
    entries(cookies(request), pattern?.IncludedCookies, pattern?.ExcludedCookies, MatchScope, OversizeHandling),
};

/**
 * Compiles a `FieldToMatch`.
 *
 * @throws LocalRefusal for a component that is not emulated (fingerprints, header order, URI fragment)
 */
export function fieldReader(field: { readonly [name: string]: unknown }): FieldReader {
  const [name, selection] = Object.entries(field)[0] ?? ['nothing', {}];
  const compile = FIELDS[name];
  if (compile === undefined) throw new LocalRefusal('LOCAL_WEB_ACL', 'a field to match is emulated', name, `one of ${Object.keys(FIELDS).join(', ')}`);
  return compile((selection ?? {}) as Selection);
}

function oversize(handling: string | undefined, texts: Inspection): Inspection {
  return handling === 'MATCH' ? true : handling === 'NO_MATCH' ? false : texts;
}

function queryArguments(query: string): [string, string][] {
  return query.split('&').filter((part) => part !== '').map((part) => {
    const [name = '', ...value] = part.split('=');
    return [name, value.join('=')];
  });
}

function cookies(request: InspectedRequest): [string, string][] {
  return headerValues(request, 'cookie').flatMap((value) => value.split(';')).map((cookie) => {
    const [name = '', ...value] = cookie.trim().split('=');
    return [name, value.join('=')];
  });
}

function entries(all: readonly (readonly [string, string])[], included: readonly string[] | undefined, excluded: readonly string[] | undefined,
  scope = 'ALL', handling = 'CONTINUE'): Inspection {
  const lower = (names: readonly string[] | undefined): string[] | undefined => names?.map((name) => name.toLowerCase());
  const [only, not] = [lower(included), lower(excluded)];
  const size = all.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  const texts = all.slice(0, LIST_LIMIT.entries)
    .filter(([name]) => (only?.includes(name.toLowerCase()) ?? true) && !(not?.includes(name.toLowerCase()) ?? false))
    .flatMap(([name, value]) => scope === 'KEY' ? [name] : scope === 'VALUE' ? [value] : [name, value]);
  return size > LIST_LIMIT.bytes || all.length > LIST_LIMIT.entries ? oversize(handling, texts) : texts;
}

function jsonTexts(body: Buffer, { MatchPattern: pattern, MatchScope: scope = 'ALL', InvalidFallbackBehavior: fallback }: Selection): Inspection {
  let document: unknown;
  try {
    document = JSON.parse(body.toString());
  } catch {
    return fallback === 'MATCH' ? true : fallback === 'NO_MATCH' ? false : [body.toString('latin1')];
  }
  const texts: string[] = [];
  const included = (path: string): boolean => pattern?.IncludedPaths?.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)) ?? true;
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        if (scope !== 'VALUE' && !Array.isArray(value) && included(`${path}/${key}`)) texts.push(Buffer.from(key).toString('latin1'));
        walk(member, `${path}/${key}`);
      }
    } else if (scope !== 'KEY' && included(path)) {
      texts.push(Buffer.from(String(value)).toString('latin1'));
    }
  };
  walk(document, '');
  return texts;
}
