import { createHash, createHmac } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';

/** A stage of a secret's versions. */
export type SecretStage = 'AWSCURRENT' | 'AWSPREVIOUS';

/** Reads the value of one secret; undefined where no version has the stage. */
export type SecretReader = (stage: SecretStage) => Promise<string | undefined>;

/** Where and as whom to read; what the Lambda runtime puts into the environment. */
export interface SecretReaderEnvironment {
  readonly AWS_ACCESS_KEY_ID?: string;
  readonly AWS_SECRET_ACCESS_KEY?: string;
  readonly AWS_SESSION_TOKEN?: string;
  /** Replaces the regional endpoint; plain HTTP only to this machine. */
  readonly AWS_ENDPOINT_URL_SECRETS_MANAGER?: string;
}

const DEPENDENCY = 'signing key secret';
const TIMEOUT_MILLISECONDS = 3000;
const ATTEMPTS = 2;
const DNS_SUFFIX: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn' };
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * A reader of one secret by a signed request (AWS Signature Version 4).
 *
 * The authorizer asks Secrets Manager one question; the SDK client would cost it 50 ms and 280 KB of each cold start.
 *
 * @param secretArn ARN of the secret; names the Region
 */
export function secretReader(secretArn: string, environment: SecretReaderEnvironment, clock: Clock): SecretReader {
  const [, partition = 'aws', , region = ''] = secretArn.split(':');
  const suffix = DNS_SUFFIX[partition] ?? 'amazonaws.com';
  const endpoint = new URL(environment.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? `https://secretsmanager.${region}.${suffix}`);
  if (endpoint.protocol !== 'https:' && !LOOPBACK.includes(endpoint.hostname)) {
    throw new TypeError('the Secrets Manager endpoint has an https URL');
  }
  return async (stage) => {
    const body = JSON.stringify({ SecretId: secretArn, VersionStage: stage });
    for (let attempt = 1; ; attempt += 1) {
      try {
        return secretString(await post(endpoint, body, signedHeaders(endpoint, region, body, environment, clock)));
      } catch (failure) {
        if (attempt === ATTEMPTS) {
          throw failure;
        }
      }
    }
  };
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

function secretString({ status, body }: Reply): string | undefined {
  const reply = parsed(body);
  if (status === 200 && typeof reply.SecretString === 'string') {
    return reply.SecretString;
  }
  const fault = /[A-Za-z]+$/.exec(String(reply.__type))?.[0] ?? 'no secret string';
  if (fault === 'ResourceNotFoundException') {
    return undefined;
  }
  throw new DependencyFailure(DEPENDENCY, `status ${status}, ${fault}`);
}

function parsed(body: string): { readonly SecretString?: unknown; readonly __type?: unknown } {
  try {
    return JSON.parse(body) as object;
  } catch {
    return {};
  }
}

function signedHeaders(endpoint: URL, region: string, body: string, environment: SecretReaderEnvironment, clock: Clock): Record<string, string> {
  const { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: sessionToken } = environment;
  if (!accessKey || !secretKey) {
    throw new DependencyFailure(DEPENDENCY, 'no credentials');
  }
  const time = new Date(clock()).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = [time.slice(0, 8), region, 'secretsmanager', 'aws4_request'];
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.1',
    host: endpoint.host,
    'x-amz-date': time,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
    'x-amz-target': 'secretsmanager.GetSecretValue',
  };
  const names = Object.keys(headers).join(';');
  const canonical = ['POST', '/', '', ...Object.entries(headers).map(([name, value]) => `${name}:${value}`), '', names, sha256(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretKey}`);
  const signature = hmac(key, toSign).toString('hex');
  return { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}` };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function post(endpoint: URL, body: string, headers: Record<string, string>): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(new DependencyFailure(DEPENDENCY, error.code ?? error.name));
    const { request } = endpoint.protocol === 'https:' ? https : http;
    const options = { method: 'POST', headers, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS), agent: false };
    request(new URL('/', endpoint), options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', fail);
    }).on('error', fail).end(body);
  });
}
