import { Refusal } from '../../runtime/refusal';
import type { GatewayRequest } from './gateway-request';

/** The header cannot carry more than a token of this length and its scheme; in characters. */
export const MAX_ACCESS_TOKEN_LENGTH = 8192;

const SCHEME = /^(bearer|dpop) +/i;

/** An access token, and how it was presented. */
export interface Credentials {
  /** `dpop` comes with a proof of possession (RFC 9449 section 7.1). */
  readonly scheme: 'bearer' | 'dpop';
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
  const [start = '', scheme] = SCHEME.exec(credentials) ?? [];
  const token = scheme === undefined ? '' : credentials.slice(start.length);
  // What characters it may hold is judged where it is decoded, and more strictly than the header asks.
  if (token === '' || token.includes(' ')) {
    throw new Refusal('token_malformed');
  }
  return { scheme: scheme?.toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token };
}
