import { rateLimitHeaders } from '../lib/contract/rate-limit';
import { SECURITY_HEADERS } from '../lib/contract/security-headers';
import type { TrustTokenClaims } from '../lib/contract/trust-token';
import { markingHeaders } from './marking-headers';

/** Headers of every answer to a request with a trust token: the security headers, the marking of a classified API, and where its consumer stands if its requests are counted. */
export function responseHeaders(claims: TrustTokenClaims): Readonly<Record<string, string>> {
  const { rate_limit: counted, classification } = claims.tctx;
  return counted || classification !== undefined ? { ...SECURITY_HEADERS, ...markingHeaders(claims), ...(counted && rateLimitHeaders(counted)) } : SECURITY_HEADERS;
}
