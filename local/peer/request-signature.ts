import { createHash, createHmac } from 'node:crypto';

/** A request as AWS Signature Version 4 sees it. */
export interface SignedRequest {
  readonly method: string;
  /** Path as it was sent, encoded. */
  readonly path: string;
  /** Query parameters as they were sent, encoded. */
  readonly query: readonly string[];
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  /** Hexadecimal SHA-256 of the body, or `UNSIGNED-PAYLOAD`. */
  readonly payload: string;
}

/** Where a signature holds, read from its credential: `KEY/20270131/ap-southeast-2/s3/aws4_request`. */
export interface SignatureCredential {
  readonly accessKey: string;
  readonly scope: string;
}

/** Reads a credential; undefined where it is none of S3. */
export function signatureCredential(text: string): SignatureCredential | undefined {
  const [, accessKey, scope] = /^([\w-]+)\/(\d{8}\/[a-z0-9-]+\/s3\/aws4_request)$/.exec(text) ?? [];
  return accessKey === undefined || scope === undefined ? undefined : { accessKey, scope };
}

/** Hexadecimal signature of a text under a secret. */
export function textSignature(secret: string, { scope }: SignatureCredential, text: string): string {
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Hexadecimal signature of a request under a secret. */
export function requestSignature(secret: string, credential: SignatureCredential, time: string, names: string, request: SignedRequest): string {
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`).join('');
  const canonical = [request.method, request.path, [...request.query].sort().join('&'), headers, names, request.payload].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  return textSignature(secret, credential, ['AWS4-HMAC-SHA256', time, credential.scope, hash].join('\n'));
}

/** Milliseconds of a signature's time, `20270131T235959Z`. */
export function signatureTime(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
