import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { CertificatePair, Endpoint } from './target';

/** One request to a security domain. */
export interface HttpsExchange {
  readonly endpoint: Endpoint;
  readonly method: string;
  /** Path with query, sent as it is. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  readonly certificate?: CertificatePair;
  /** Sent without TLS. */
  readonly plain?: boolean;
  /** From the first packet to the last byte, in milliseconds. @default 30000 */
  readonly deadlineMilliseconds?: number;
}

/** An answer; headers by lower-case name, repeated ones joined. */
export interface HttpsReply {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** Cut where it is long. */
  readonly body: string;
}

const TIMEOUT_MILLISECONDS = 15_000;
/** A target that sends a byte now and then would hold an assessment for days. */
const DEADLINE_MILLISECONDS = 30_000;
const MOST_BODY_BYTES = 64 * 1024;

/**
 * Sends one request on a connection of its own. The server is verified, always: what is sent may hold a token.
 *
 * @throws Error where there is no connection, or no answer
 */
export function httpsExchange({ endpoint, method, path, headers, body, certificate, plain, deadlineMilliseconds = DEADLINE_MILLISECONDS }: HttpsExchange): Promise<HttpsReply> {
  const options = {
    agent: false, host: endpoint.address, port: endpoint.port, method, path, timeout: TIMEOUT_MILLISECONDS,
    headers: { host: endpoint.hostName, 'user-agent': 'cdk-api-security-assess', ...body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }, ...headers },
  };
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage): void => {
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = (): void => resolve({ status: response.statusCode ?? 0, headers: joined(response.headers), body: Buffer.concat(chunks).toString() });
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > MOST_BODY_BYTES) {
          finish();
          response.destroy();
        }
      });
      response.on('error', reject);
      response.once('end', finish);
    };
    const outgoing = plain === true ? httpRequest(options, answered)
      : httpsRequest({ ...options, servername: endpoint.hostName, ca: endpoint.certificateAuthority, ...certificate }, answered);
    const late = (): void => {
      reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
      outgoing.destroy();
    };
    const deadline = setTimeout(late, deadlineMilliseconds);
    outgoing.once('close', () => clearTimeout(deadline));
    outgoing.once('timeout', late);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function joined(headers: IncomingMessage['headers']): HttpsReply['headers'] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));
}
