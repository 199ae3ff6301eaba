import { createHash, createHmac } from 'node:crypto';

/** Credentials of an AWS role or user. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Credentials as the Lambda runtime sets them; undefined where there are none. */
export function environmentCredentials(environment: Readonly<Record<string, string | undefined>>): AwsCredentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment;
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } : undefined;
}

/** When and where a signature of AWS Signature Version 4 holds. */
export class CredentialScope {
  /** `20270131T235959Z` */
  readonly time: string;
  /** `20270131/ap-southeast-2/s3/aws4_request` */
  readonly text: string;

  constructor(milliseconds: number, region: string, service: string) {
    this.time = new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');
    this.text = `${this.time.slice(0, 8)}/${region}/${service}/aws4_request`;
  }

  /** Hexadecimal signature of a text: the string to sign of a request, or the policy of a form. */
  signature({ secretAccessKey }: AwsCredentials, text: string): string {
    const key = this.text.split('/').reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
    return hmac(key, text).toString('hex');
  }
}

/** A request as its signature sees it. */
export interface CanonicalRequest {
  readonly method: string;
  /** Encoded path. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Hexadecimal SHA-256 of the body, or `UNSIGNED-PAYLOAD`. */
  readonly payload: string;
}

/** Names of the headers that a request signs. */
export function signedHeaders({ headers }: CanonicalRequest): string {
  return Object.keys(headers).sort().join(';');
}

/** Hexadecimal signature of a request. */
export function requestSignature(credentials: AwsCredentials, scope: CredentialScope, request: CanonicalRequest): string {
  const { method, path, query, headers, payload } = request;
  const lines = Object.keys(headers).sort().map((name) => `${name}:${(headers[name] ?? '').trim()}`);
  const canonical = [method, path, queryText(query), ...lines, '', signedHeaders(request), payload].join('\n');
  return scope.signature(credentials, ['AWS4-HMAC-SHA256', scope.time, scope.text, sha256(canonical)].join('\n'));
}

/** A query string in the order and encoding that signatures ask for. */
export function queryText(query: Readonly<Record<string, string>>): string {
  return Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort().join('&');
}

/** RFC 3986 encoding: `encodeURIComponent` leaves five characters that signatures want encoded. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Hexadecimal SHA-256. */
export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
