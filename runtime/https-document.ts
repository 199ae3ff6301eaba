import { get, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { DependencyFailure } from './dependency-failure';

/** Reads one document; rejects with `DependencyFailure`. */
export type DocumentReader = (url: URL) => Promise<Buffer>;

/** Bounds of one read. */
export interface DocumentBounds {
  /** From the first packet to the last byte, in milliseconds. */
  readonly timeoutMilliseconds: number;
  /** Longest body, in bytes. */
  readonly maxBytes: number;
}

/** Large enough for any published key set, small enough to parse at once. */
export const DEFAULT_DOCUMENT_BOUNDS: DocumentBounds = { timeoutMilliseconds: 3000, maxBytes: 256 * 1024 };

/**
 * A reader of small public documents over HTTPS: status 200 only, no redirects, bounded in time and size.
 *
 * On node:https, because the first touch of `fetch` costs 40 ms of a cold start.
 */
export function httpsDocumentReader(bounds = DEFAULT_DOCUMENT_BOUNDS, tls: Pick<RequestOptions, 'ca'> = {}, accept = 'application/json'): DocumentReader {
  return (url) => new Promise((resolve, reject) => {
    const fail = (fault: string): void => reject(new DependencyFailure(url.host, fault));
    if (url.protocol !== 'https:') {
      fail('not https');
      return;
    }
    const options = { ...tls, signal: AbortSignal.timeout(bounds.timeoutMilliseconds), headers: { accept }, agent: false };
    get(url, options, (response) => {
      boundedBody(response, bounds.maxBytes).then(resolve, (error: Error) => fail(error.message));
    }).on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.name));
  });
}

/** The body of an answer of status 200. @throws Error that names the fault */
export function boundedBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const refuse = (fault: string): void => {
      response.destroy();
      reject(new Error(fault));
    };
    if (response.statusCode !== 200) {
      refuse(`status ${response.statusCode}`);
      return;
    }
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        refuse('too large');
      } else {
        chunks.push(chunk);
      }
    });
    response.on('end', () => resolve(Buffer.concat(chunks)));
    response.on('error', (error: NodeJS.ErrnoException) => reject(new Error(error.code ?? error.name)));
  });
}
