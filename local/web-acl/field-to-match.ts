import { LocalRefusal } from '../local-refusal';
import type { InspectedRequest } from './inspected-request';
import { headerValues } from './inspected-request';
import { jsonTexts } from './json-texts';

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
  // "AWS WAF inspects the values of all arguments": a name is in the query string only.
  AllQueryArguments: () => ({ query }) => queryArguments(query).map(([, value]) => value),
  UriPath: () => ({ path }) => [path],
  QueryString: () => ({ query }) => [query],
  Method: () => ({ method }) => [method],
  Body: ({ OversizeHandling }) => ({ body }, limit) => body.length > limit ? oversize(OversizeHandling, [body.toString('latin1', 0, limit)]) : [body.toString('latin1')],
  JsonBody: (selection) => ({ body }, limit) => {
    const inspection = jsonElements(body.subarray(0, limit), selection);
    return body.length > limit ? oversize(selection.OversizeHandling, inspection) : inspection;
  },
  Headers: ({ MatchPattern: pattern, MatchScope, OversizeHandling }) => (request) =>
    entries(request.headers, lower(pattern?.IncludedHeaders), lower(pattern?.ExcludedHeaders), MatchScope, OversizeHandling, (name) => name.toLowerCase()),
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

function lower(names: readonly string[] | undefined): string[] | undefined {
  return names?.map((name) => name.toLowerCase());
}

/** @param comparable how a name is compared: names of headers without regard to case, those of cookies exactly */
function entries(all: readonly (readonly [string, string])[], included: readonly string[] | undefined, excluded: readonly string[] | undefined,
  scope = 'ALL', handling = 'CONTINUE', comparable: (name: string) => string = (name) => name): Inspection {
  const size = all.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  const isOversize = size > LIST_LIMIT.bytes || all.length > LIST_LIMIT.entries;
  const texts = (isOversize ? withinLimit(all) : all)
    .filter(([name]) => (included?.includes(comparable(name)) ?? true) && !(excluded?.includes(comparable(name)) ?? false))
    .flatMap(([name, value]) => scope === 'KEY' ? [name] : scope === 'VALUE' ? [value] : [name, value]);
  return isOversize ? oversize(handling, texts) : texts;
}

/** "The content is available for inspection by AWS WAF up to the first limit reached." */
function withinLimit(all: readonly (readonly [string, string])[]): [string, string][] {
  let left = LIST_LIMIT.bytes;
  return all.slice(0, LIST_LIMIT.entries).flatMap(([name, value]) => {
    const kept: [string, string] = [name.slice(0, left), value.slice(0, Math.max(0, left - name.length))];
    const reached = left > 0;
    left = Math.max(0, left - name.length - value.length);
    return reached ? [kept] : [];
  });
}

function jsonElements(body: Buffer, { MatchPattern: pattern, MatchScope: scope = 'ALL', InvalidFallbackBehavior: fallback }: Selection): Inspection {
  if (body.length === 0) return [];
  const { texts, complete } = jsonTexts(body.toString(), { keys: scope !== 'VALUE', values: scope !== 'KEY', paths: pattern?.IncludedPaths });
  if (complete || fallback === undefined) return texts;
  return fallback === 'MATCH' ? true : fallback === 'NO_MATCH' ? false : [body.toString('latin1')];
}
