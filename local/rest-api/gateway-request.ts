/** Certificate of a mutual TLS client, as REST events carry it in `requestContext.identity.clientCert`. */
export interface ClientCertificate {
  readonly clientCertPem: string;
  /** RFC 4514, leaf first: `CN=acme,O=Acme`. */
  readonly subjectDN: string;
  readonly issuerDN: string;
  readonly serialNumber: string;
  readonly validity: { readonly notBefore: string; readonly notAfter: string };
}

/** One request as it reached a custom domain name, before any decision. */
export interface GatewayRequest {
  readonly method: string;
  /** Path as sent, base path included, without query. */
  readonly path: string;
  readonly query: string;
  /** Headers as sent, in order, names as written. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly hostName: string;
  readonly protocol: string;
  readonly tlsVersion: string;
  readonly cipherSuite: string;
  readonly clientCertificate?: ClientCertificate;
}

/** The answer to one request. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** First value of a header of a request or answer. */
export function header(message: { readonly headers: readonly (readonly [string, string])[] }, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [candidate, value] of message.headers) {
    if (candidate.length === wanted.length && candidate.toLowerCase() === wanted) return value;
  }
  return undefined;
}

/** Query parameters, decoded, with every value of a repeated name. */
export function queryParameters(query: string): Map<string, string[]> {
  const parameters = new Map<string, string[]>();
  if (query === '') return parameters;
  for (const [name, value] of new URLSearchParams(query)) parameters.set(name, [...parameters.get(name) ?? [], value]);
  return parameters;
}
