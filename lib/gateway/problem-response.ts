import { Problem, PROBLEM_MEDIA_TYPE } from '../contract/problem';
import { RATE_LIMIT_HEADERS } from '../contract/rate-limit';
import { SECURITY_HEADERS } from '../contract/security-headers';

/**
 * The body of a refusal (RFC 9457).
 *
 * `extendedRequestId` is the correlation id: unlike `requestId`, no client can choose it.
 */
export function problemTemplate({ title, status, detail }: Problem): string {
  return JSON.stringify({ type: 'about:blank', title, status, detail, instance: 'urn:request:$context.extendedRequestId' });
}

/** What tells a client how to do better: scripts of a page read it only where it is named. */
const READABLE = ['Allow', 'Retry-After', 'WWW-Authenticate', ...Object.keys(RATE_LIMIT_HEADERS)].join(', ');

/** Headers of every refusal, as static mapping values. */
export function problemHeaders(allowedOrigin: string | undefined): Record<string, string> {
  const headers = {
    ...SECURITY_HEADERS,
    'Content-Type': PROBLEM_MEDIA_TYPE,
    ...(allowedOrigin !== undefined && { 'Access-Control-Allow-Origin': allowedOrigin, 'Access-Control-Expose-Headers': READABLE, Vary: 'Origin' }),
  };
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, staticValue(value)]));
}

/** A literal in the gateway's mapping language, which strips the outer quotes only. */
export function staticValue(value: string): string {
  return `'${value}'`;
}
