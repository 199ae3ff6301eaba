import type { IncomingMessage } from 'node:http';
import { BodyRefused } from './threat/body-refused';

/** A body that is larger is looked at while it comes; a smaller one comes in a few packets. */
const LARGE_BYTES = 16_384;

/**
 * The whole body of a request, put back so that whoever comes next reads it from its start.
 *
 * Holds `maxBytes` at most, whatever the request says of its length.
 *
 * @param glance looks at the beginning of a large body, whenever twice as much of it has come: what it throws ends the reading
 * @throws BodyRefused `bodyBytes`; Error where the request ends early
 */
export function peekedBody(request: IncomingMessage, maxBytes: number, glance: (beginning: Buffer) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let worthAGlance = LARGE_BYTES;
    const settle = (act: () => void): void => {
      request.off('readable', read).off('error', fail).off('close', close).off('end', close);
      act();
    };
    const fail = (error: Error): void => settle(() => reject(error));
    const close = (): void => fail(new Error('the request ended before its body'));
    const read = (): void => {
      for (let chunk = request.read() as Buffer | null; chunk !== null; chunk = request.read() as Buffer | null) {
        bytes += chunk.length;
        if (bytes > maxBytes) {
          settle(() => reject(new BodyRefused('request', 'bodyBytes')));
          return;
        }
        chunks.push(chunk);
      }
      if (bytes >= worthAGlance && !request.complete) {
        worthAGlance = 2 * bytes;
        try {
          glance(Buffer.concat(chunks, bytes));
        } catch (error) {
          settle(() => reject(error as Error));
          return;
        }
      }
      // In the same turn as the last read: after it the stream would have ended, and nothing could be put back.
      if (request.complete) {
        const body = Buffer.concat(chunks, bytes);
        settle(() => {
          if (bytes > 0) {
            request.unshift(body);
          }
          resolve(body);
        });
      }
    };
    request.on('readable', read).on('error', fail).on('close', close).on('end', close);
    if (request.readableEnded) {
      fail(new Error('the body was read already; let nodeHttpTrustToken come before whatever parses bodies'));
    }
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      settle(() => reject(new BodyRefused('request', 'bodyBytes')));
    }
  });
}
