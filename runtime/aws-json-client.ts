import * as http from 'node:http';
import * as https from 'node:https';
import type { Clock } from './clock';
import { DependencyFailure } from './dependency-failure';
import { isJsonObject, type JsonObject } from './json';
import { CredentialScope, environmentCredentials, requestSignature, sha256, signedHeaders } from './signature-v4';

/** An AWS service that speaks a JSON protocol. */
export interface AwsJsonService {
  /** In signatures and host names: `secretsmanager`. */
  readonly name: string;
  /** What `x-amz-target` starts with. */
  readonly target: string;
  readonly protocol: '1.0' | '1.1';
  /** Environment variable that replaces the regional endpoint, as in the SDKs; plain HTTP only to this machine. */
  readonly endpointVariable: `AWS_ENDPOINT_URL_${string}`;
}

/** Where and as whom to call. */
export interface AwsJsonClientProps {
  readonly service: AwsJsonService;
  /** Names the Region and the partition. */
  readonly arn: string;
  /** Name of the dependency in failures. */
  readonly dependency: string;
  /** What the Lambda runtime puts into the environment: credentials, endpoints. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** From the first packet to the last byte. @default 3000 */
  readonly timeoutMilliseconds?: number;
  /** Connections stay open between calls; a frozen function loses them, so its caller asks a second time. @default false */
  readonly keepAlive?: boolean;
}

/** What the service answered. */
export interface AwsReply {
  readonly status: number;
  /** Empty where the answer was no JSON object. */
  readonly body: JsonObject;
  /** Name of the error: `ResourceNotFoundException`. */
  readonly fault?: string;
}

const DNS_SUFFIX: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn' };
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Calls one AWS service by signed requests (AWS Signature Version 4).
 *
 * A handler on the way of each request asks one or two questions; an SDK client would cost it 50 ms and 280 KB of a cold start.
 */
export class AwsJsonClient {
  private readonly region: string;
  private readonly endpoint: URL;
  private readonly agent: http.Agent | false;

  /** @throws TypeError where the endpoint would send credentials in the clear */
  constructor(private readonly props: AwsJsonClientProps) {
    const { arn, service, environment } = props;
    const [, partition = 'aws', , region = ''] = arn.split(':');
    this.region = region;
    const suffix = DNS_SUFFIX[partition] ?? 'amazonaws.com';
    this.endpoint = new URL(environment[service.endpointVariable] ?? `https://${service.name}.${region}.${suffix}`);
    if (this.endpoint.protocol !== 'https:' && !LOOPBACK.includes(this.endpoint.hostname)) {
      throw new TypeError(`the endpoint of ${service.name} has an https URL`);
    }
    const { Agent } = this.endpoint.protocol === 'https:' ? https : http;
    this.agent = props.keepAlive ? new Agent({ keepAlive: true }) : false;
  }

  /** One attempt. @throws DependencyFailure where no answer came; a refusal of the service is an answer */
  async call(operation: string, input: object): Promise<AwsReply> {
    const body = JSON.stringify(input);
    const { status, text } = await this.post(body, this.signedHeaders(operation, body));
    const reply = parsed(text);
    return { status, body: reply, ...(status !== 200 && { fault: /[A-Za-z]+$/.exec(String(reply.__type))?.[0] ?? 'UnknownError' }) };
  }

  private signedHeaders(operation: string, body: string): Record<string, string> {
    const { service, environment, dependency, clock } = this.props;
    const credentials = environmentCredentials(environment);
    if (credentials === undefined) {
      throw new DependencyFailure(dependency, 'no credentials');
    }
    const scope = new CredentialScope(clock(), this.region, service.name);
    const headers: Record<string, string> = {
      'content-type': `application/x-amz-json-${service.protocol}`,
      host: this.endpoint.host,
      'x-amz-date': scope.time,
      ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
      'x-amz-target': `${service.target}.${operation}`,
    };
    const request = { method: 'POST', path: '/', query: {}, headers, payload: sha256(body) };
    return { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.text}, SignedHeaders=${signedHeaders(request)}, Signature=${requestSignature(credentials, scope, request)}` };
  }

  private post(body: string, headers: Record<string, string>): Promise<{ readonly status: number; readonly text: string }> {
    const { dependency, timeoutMilliseconds = 3000 } = this.props;
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException): void => reject(new DependencyFailure(dependency, error.code ?? error.name));
      const { request } = this.endpoint.protocol === 'https:' ? https : http;
      const options = { method: 'POST', headers, signal: AbortSignal.timeout(timeoutMilliseconds), agent: this.agent };
      request(new URL('/', this.endpoint), options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
        response.on('error', fail);
      }).on('error', fail).end(body);
    });
  }
}

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
