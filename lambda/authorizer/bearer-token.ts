import { Refusal } from '../../runtime/refusal';
import type { GatewayRequest } from './gateway-request';

/** The header cannot carry more than a token of this length and its scheme; in characters. */
export const MAX_ACCESS_TOKEN_LENGTH = 8192;

const BEARER = /^bearer +([A-Za-z0-9._~+/=-]+)$/i;

/**
 * The access token of a request, from its one Authorization header (RFC 6750 section 2.1).
 *
 * @throws Refusal `token_missing`, `token_malformed`, `token_too_large`
 */
export function bearerToken(request: GatewayRequest): string {
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
  const token = BEARER.exec(credentials)?.[1];
  if (token === undefined) {
    throw new Refusal('token_malformed');
  }
  return token;
}
