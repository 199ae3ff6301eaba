import { HttpMethod } from '../http-method';
import { RequestContent } from '../operation';
import { Node, entriesOf } from './node';

/** Bodies that an operation accepts, and what of them the gateway does not check. */
export interface ImportedBody {
  readonly content: RequestContent[];
  readonly contentRequired: boolean;
  readonly notEnforced: string[];
}

const NONE: ImportedBody = { content: [], contentRequired: false, notEnforced: [] };

/** Methods whose bodies have no meaning in HTTP (RFC 9110, 9.3.1 and 9.3.2). */
const WITHOUT_BODY = new Set([HttpMethod.GET, HttpMethod.HEAD]);

const MEDIA_TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/;
const JSON_TYPE = /^(application|text)\/(json|[^/]+\+json)$/;

/** What a media type range becomes: the gateway matches media types exactly and refuses the rest with 415. */
const RANGES: { readonly [range: string]: readonly string[] } = {
  '*/*': ['application/json'],
  'application/*': ['application/json'],
  'image/*': ['image/gif', 'image/jpeg', 'image/png', 'image/webp'],
  'multipart/*': ['multipart/form-data'],
  'text/*': ['text/plain'],
};

/** The content of a resolved Request Body Object. */
export function importBody(method: HttpMethod, body: Node | undefined): ImportedBody {
  if (body === undefined) return NONE;
  if (WITHOUT_BODY.has(method)) return { ...NONE, notEnforced: [`requestBody is ignored: a body of ${method} has no meaning`] };
  const found = new Map<string, RequestContent>();
  const notEnforced: string[] = [];
  for (const [key, { schema }] of entriesOf(body.content)) {
    const mediaTypes = exactTypes(key, notEnforced);
    for (const mediaType of mediaTypes) {
      if (found.has(mediaType)) notEnforced.push(`requestBody of '${key}' is not checked: ${mediaType} is declared twice`);
      else found.set(mediaType, { mediaType, schema: checkable(mediaType, schema, notEnforced) });
    }
  }
  const content = [...found.values()];
  return { content, contentRequired: body.required === true && content.length > 0, notEnforced };
}

function exactTypes(key: string, notEnforced: string[]): readonly string[] {
  const mediaType = key.split(';')[0]!.trim().toLowerCase();
  const range = mediaType.includes('*');
  if (!range && MEDIA_TYPE.test(mediaType)) return [mediaType];
  const exact = RANGES[mediaType] ?? [];
  const why = range ? `the gateway accepts ${exact.join(', ') || 'nothing'} of it, because it matches media types exactly` : 'the gateway does not accept it, because it is not a media type';
  notEnforced.push(`requestBody of '${key}': ${why}`);
  return exact;
}

function checkable(mediaType: string, schema: unknown, notEnforced: string[]): unknown {
  if (schema === undefined || JSON_TYPE.test(mediaType)) return schema;
  notEnforced.push(`requestBody of '${mediaType}' is not checked: models describe JSON only`);
  return undefined;
}
