import type { TrustTokenClaims } from '../lib/contract/trust-token';
import { refusalResponse, type RefusalResponse } from './refusal-response';
import { TrustTokenRefused } from './trust-token-refused';
import type { TrustTokenVerifier } from './trust-token-verifier';

/** The part of a REST API proxy event that holds the authorizer's context. */
export interface ProxyEvent {
  readonly requestContext: { readonly authorizer?: { readonly [name: string]: unknown } | null };
}

/** Handles a proxy event on behalf of the subject of a verified trust token. */
export type TrustedHandler<Event, Context, Result> = (event: Event, claims: TrustTokenClaims, context: Context) => Promise<Result>;

/**
 * A Lambda proxy handler that runs only for requests with an acceptable trust token; others get problem+json.
 *
 * The token is read from the authorizer's context. A header of the same name is the caller's own and is never looked at.
 *
 * @example
 * export const handler = lambdaTrustToken(verifier, async (event, claims) => ({ statusCode: 200, body: claims.sub }));
 */
export function lambdaTrustToken<Event extends ProxyEvent, Context, Result>(
  verifier: TrustTokenVerifier, handler: TrustedHandler<Event, Context, Result>,
): (event: Event, context: Context) => Promise<Result | RefusalResponse> {
  return async (event, context) => {
    let claims: TrustTokenClaims;
    try {
      claims = await verifier.verify(trustTokenOf(event));
    } catch (error) {
      if (error instanceof TrustTokenRefused) {
        return refusalResponse(error);
      }
      throw error;
    }
    return handler(event, claims, context);
  };
}

function trustTokenOf(event: ProxyEvent): string {
  const token = event.requestContext.authorizer?.trustToken;
  if (typeof token !== 'string') {
    throw new TrustTokenRefused('token_missing');
  }
  return token;
}
