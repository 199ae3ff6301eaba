import { Refusal } from '../../runtime/refusal';
import type { GatewayRequest } from './gateway-request';

/** The header cannot carry more than a token of this length and its scheme; in characters. */
export const MAX_ACCESS_TOKEN_LENGTH = 8192;

const SCHEMES = ['bearer', 'dpop'] as const;

/** An access token, and how it was presented. */
export interface Credentials {
  /** `dpop` comes with a proof of possession (RFC 9449 section 7.1). */
  readonly scheme: (typeof SCHEMES)[number];
  readonly token: string;
}

/**
 * The access token of a request, from its one Authorization header (RFC 6750 section 2.1, RFC 9449 section 7.1).
 *
 * @throws Refusal `token_missing`, `token_malformed`, `token_too_large`
 */
export function presentedToken(request: GatewayRequest): Credentials {
  const [credentials, second] = request.header('authorization');
  if (credentials === undefined) {
    throw new Refusal('token_missing');
  }
  // Two headers would let the gateway and a proxy before it judge by different tokens.
  if (second !== undefined) {
    throw new Refusal('token_malformed');
  }
  if (credentials.length > MAX_ACCESS_TOKEN_LENGTH + 'Bearer '.length) {
    throw new Refusal('token_too_large');
  }
  // Sliced, not matched: an expression takes twenty times as long over a header of this length.
  const schemeEnd = credentials.indexOf(' ');
  const named = credentials.slice(0, Math.max(schemeEnd, 0)).toLowerCase();
  const scheme = SCHEMES.find((known) => known === named);
  let start = schemeEnd + 1;
  while (credentials[start] === ' ') {
    start += 1;
  }
  const token = credentials.slice(start);
  // What characters it may hold is judged where it is decoded, and more strictly than the header asks.
  if (scheme === undefined || token === '' || token.includes(' ')) {
    throw new Refusal('token_malformed');
  }
  return { scheme, token };
}
