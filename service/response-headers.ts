import { rateLimitHeaders } from '../lib/contract/rate-limit';
import { SECURITY_HEADERS } from '../lib/contract/security-headers';
import type { TrustTokenClaims } from '../lib/contract/trust-token';

/** Headers of every answer to a request with a trust token: the security headers, and where its consumer stands if its requests are counted. */
export function responseHeaders({ tctx }: TrustTokenClaims): Readonly<Record<string, string>> {
  return tctx.rate_limit ? { ...SECURITY_HEADERS, ...rateLimitHeaders(tctx.rate_limit) } : SECURITY_HEADERS;
}
