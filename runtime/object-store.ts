import * as http from 'node:http';
import * as https from 'node:https';
import type { Clock } from './clock';
import { DependencyFailure } from './dependency-failure';
import { CredentialScope, encoded, environmentCredentials, queryText, requestSignature, sha256, signedHeaders, type AwsCredentials } from './signature-v4';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];
const DNS_SUFFIX: Readonly<Record<string, string>> = { 'cn-': 'amazonaws.com.cn' };

/** URL of a bucket, with a trailing slash: in its own host name, or on this machine as the first part of the path. @throws TypeError where the endpoint would send credentials in the clear */
export function bucketUrl(bucket: string, region: string, environment: Readonly<Record<string, string | undefined>>): URL {
  const endpoint = environment.AWS_ENDPOINT_URL_S3;
  if (endpoint === undefined) {
    const suffix = Object.entries(DNS_SUFFIX).find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com';
    return new URL(`https://${bucket}.s3.${region}.${suffix}/`);
  }
  const url = new URL(`/${bucket}/`, endpoint);
  if (url.protocol !== 'https:' && !LOOPBACK.includes(url.hostname)) {
    throw new TypeError('the endpoint of S3 has an https URL');
  }
  return url;
}

/** Which bucket, and as whom. */
export interface ObjectStoreProps {
  readonly bucket: string;
  readonly region: string;
  /** What the Lambda runtime puts into the environment: credentials, endpoints. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Most bytes that are read of an object. */
  readonly maxBytes: number;
  /** From the first packet to the last byte. @default 30000 */
  readonly timeoutMilliseconds?: number;
}

/** One request to a bucket. */
export interface ObjectRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What S3 answered. */
export interface ObjectReply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  /** True where the object is larger than `maxBytes`, which is not read then. */
  readonly tooLarge: boolean;
}

/** A bucket of Amazon S3: requests signed with AWS Signature Version 4, bounded in time and size, one attempt each. */
export class ObjectStore {
  private readonly url: URL;

  constructor(private readonly props: ObjectStoreProps) {
    this.url = bucketUrl(props.bucket, props.region, props.environment);
  }

  /** @throws DependencyFailure where no answer came; a refusal of the service is an answer */
  async send(request: ObjectRequest): Promise<ObjectReply> {
    const credentials = environmentCredentials(this.props.environment);
    if (credentials === undefined) {
      throw new DependencyFailure(this.name, 'no credentials');
    }
    const path = `${this.url.pathname}${request.key.split('/').map(encoded).join('/')}`;
    const query = queryText(request.query ?? {});
    return this.exchange(request, `${path}${query && `?${query}`}`, this.signed(request, path, credentials));
  }

  private get name(): string {
    return `bucket ${this.props.bucket}`;
  }

  private signed({ method, query = {}, headers = {}, body = Buffer.alloc(0) }: ObjectRequest, path: string, credentials: AwsCredentials): Record<string, string> {
    const scope = new CredentialScope(this.props.clock(), this.props.region, 's3');
    const payload = sha256(body);
    const request = {
      method, path, query, payload,
      headers: {
        ...headers, host: this.url.host, 'x-amz-date': scope.time, 'x-amz-content-sha256': payload,
        ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
      },
    };
    const signature = requestSignature(credentials, scope, request);
    return { ...request.headers, authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.text}, SignedHeaders=${signedHeaders(request)}, Signature=${signature}` };
  }

  private exchange({ method, body }: ObjectRequest, path: string, headers: Record<string, string>): Promise<ObjectReply> {
    const { timeoutMilliseconds = 30_000, maxBytes } = this.props;
    const { request } = this.url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException): void => reject(new DependencyFailure(this.name, error.code ?? error.name));
      const length = body === undefined ? {} : { 'content-length': String(body.length) };
      request({ protocol: this.url.protocol, hostname: this.url.hostname, port: this.url.port, method, path, headers: { ...headers, ...length }, signal: AbortSignal.timeout(timeoutMilliseconds), agent: false }, (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        const reply = (tooLarge: boolean): void => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks), tooLarge });
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          chunks.push(chunk);
          if (bytes > maxBytes) {
            chunks.length = 0;
            response.destroy();
            reply(true);
          }
        });
        response.on('end', () => reply(false));
        response.on('error', fail);
      }).on('error', fail).end(body);
    });
  }
}
