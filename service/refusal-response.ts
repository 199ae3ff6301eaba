import { PROBLEM_MEDIA_TYPE, type Problem } from '../lib/contract/problem';
import { SECURITY_HEADERS } from '../lib/contract/security-headers';

/** A refusal as an HTTP response: problem+json (RFC 9457) with the security headers and nothing of the inside. */
export interface RefusalResponse {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** What a service answers to a token or a body that it does not accept. */
export function refusalResponse({ problem }: { readonly problem: Problem }): RefusalResponse {
  return {
    statusCode: problem.status,
    headers: {
      ...SECURITY_HEADERS,
      'Content-Type': PROBLEM_MEDIA_TYPE,
      // RFC 9110 section 11.6.1: a 401 carries a challenge.
      ...(problem.status === 401 && { 'WWW-Authenticate': 'Bearer error="invalid_token"' }),
    },
    body: JSON.stringify(problem),
  };
}
