/** A request as a web ACL sees it. Header names are as sent; the body is complete, the ACL cuts it itself. */
export interface InspectedRequest {
  readonly method: string;
  /** Path as sent, percent-encoded, without query. */
  readonly path: string;
  /** Query string as sent, without `?`. */
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** Values of the named header, in order. */
export function headerValues(request: InspectedRequest, name: string): string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  for (const [header, value] of request.headers) {
    if (header.length === wanted.length && header.toLowerCase() === wanted) values.push(value);
  }
  return values;
}
