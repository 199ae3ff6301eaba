import type { SentSignature } from './signature-fields';

/** A request as its signer saw it. */
export interface SignedRequest {
  readonly method: string;
  /** Host name that the caller connected to, in lower case. */
  readonly authority: string;
  /** As sent, percent-encoded. */
  readonly path: string;
  /** As sent, with its question mark; undefined where the platform hands over parameters only. */
  readonly query?: string;
  /** Decoded values of each query parameter. */
  readonly queryParameters: ReadonlyMap<string, readonly string[]>;
  /** Values of each header field line, by name in lower case. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
}

const DERIVED: Readonly<Record<string, (request: SignedRequest) => string | undefined>> = {
  '@method': ({ method }) => method,
  '@authority': ({ authority }) => authority,
  '@path': ({ path }) => path,
  '@query': ({ query }) => query === undefined ? undefined : query || '?',
  '@target-uri': ({ authority, path, query }) => query === undefined ? undefined : `https://${authority}${path}${query}`,
};

/** What was signed (RFC 9421 section 2.5); undefined where a component is not in the request, is there twice, or could be forged. */
export function signatureBase({ components, signatureParams }: Pick<SentSignature, 'components' | 'signatureParams'>, request: SignedRequest): string | undefined {
  const lines = components.map(({ name, parameter, identifier }) => {
    const value = parameter === undefined ? valueOf(name, request) : queryParameter(parameter, request);
    // A line end in a value would be another component.
    return value === undefined || /[^\t -~]/.test(value) ? undefined : `${identifier}: ${value}`;
  });
  return lines.includes(undefined) ? undefined : [...lines, `"@signature-params": ${signatureParams}`].join('\n');
}

/** A field that is sent twice is read in two ways, so it is in no signature here. */
function valueOf(name: string, request: SignedRequest): string | undefined {
  if (name.startsWith('@')) {
    return Object.hasOwn(DERIVED, name) ? DERIVED[name]!(request) : undefined;
  }
  const [value, second] = request.fields.get(name) ?? [];
  return second === undefined ? value?.trim() : undefined;
}

function queryParameter(encodedName: string, { queryParameters }: SignedRequest): string | undefined {
  const [values = [], second] = [...queryParameters].filter(([name]) => queryEncoded(name) === encodedName).map(([, all]) => all);
  return second === undefined && values.length === 1 ? queryEncoded(values[0]!) : undefined;
}

/** As forms are encoded, with `%20` for a space (RFC 9421 section 2.2.8). */
export function queryEncoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
