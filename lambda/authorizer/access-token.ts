import type { AccessTokenPolicy } from '../../lib/contract/authorizer-configuration';
import { grantedScopes, optionalDate, optionalObject, optionalText, optionalTexts, requiredText, requireAudience, requireIssuer, requireLifetime } from '../../runtime/claims';
import type { JsonObject } from '../../runtime/json';
import { Refusal } from '../../runtime/refusal';
import type { KeySource } from '../../runtime/remote-keys';
import { verifySignedToken } from '../../runtime/signed-token';
import { MAX_ACCESS_TOKEN_LENGTH } from './presented-token';

/** What a verified access token says. */
export interface AccessToken {
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  /** SHA-256 thumbprint, base64url, of the certificate that the token is bound to (RFC 8705 section 3.1). */
  readonly boundCertificate?: string;
  /** SHA-256 thumbprint, base64url, of the key that the token is bound to (RFC 9449 section 6.1). */
  readonly boundKey?: string;
  readonly acr?: string;
  readonly amr?: readonly string[];
  readonly authTime?: number;
}

const TYPES = ['at+jwt', 'application/at+jwt'];

/**
 * Verifies a JWT access token (RFC 9068) the strict way of RFC 8725.
 *
 * @param now seconds since the epoch
 * @throws Refusal, DependencyFailure
 */
export async function verifyAccessToken(token: string, policy: AccessTokenPolicy, keys: KeySource, now: number): Promise<AccessToken> {
  const accepted = { types: TYPES, algorithms: policy.algorithms, maxLength: MAX_ACCESS_TOKEN_LENGTH };
  const claims = await verifySignedToken(token, accepted, keys);
  requireIssuer(claims, policy.issuer);
  const verified = accessTokenOf(claims, policy, now);
  requiredText(claims, 'jti');
  return verified;
}

/**
 * What claims say that came from the issuer, in a token or in an answer about one.
 *
 * @param now seconds since the epoch
 * @throws Refusal
 */
export function accessTokenOf(claims: JsonObject, policy: AccessTokenPolicy, now: number): AccessToken {
  requireAudience(claims, policy.audience);
  const { expiresAt } = requireLifetime(claims, { now, clockSkewSeconds: policy.clockSkewSeconds, maxLifetimeSeconds: policy.maxLifetimeSeconds });
  return {
    subject: requiredText(claims, 'sub'),
    clientId: clientId(claims),
    scopes: grantedScopes(claims),
    expiresAt,
    boundCertificate: confirmation(claims, 'x5t#S256'),
    boundKey: confirmation(claims, 'jkt'),
    acr: optionalText(claims, 'acr'),
    amr: optionalTexts(claims, 'amr'),
    authTime: optionalDate(claims, 'auth_time'),
  };
}

// OpenID providers name the client in `azp`; a token that names two has no owner.
function clientId(claims: JsonObject): string {
  const named = optionalText(claims, 'client_id');
  const authorized = optionalText(claims, 'azp');
  if (named !== undefined && authorized !== undefined && named !== authorized) {
    throw new Refusal('claims_invalid');
  }
  return named ?? requiredText(claims, 'azp');
}

/** Confirmation methods that are enforced: a client certificate (RFC 8705) and a DPoP key (RFC 9449). */
const CONFIRMATIONS = ['x5t#S256', 'jkt'];

// A confirmation that is not understood cannot be enforced, so the token is not accepted (RFC 7800 section 3.1).
function confirmation(claims: JsonObject, method: string): string | undefined {
  const confirmed = optionalObject(claims, 'cnf');
  const methods = Object.keys(confirmed ?? {});
  if (confirmed && (methods.length === 0 || !methods.every((name) => CONFIRMATIONS.includes(name)))) {
    throw new Refusal('claims_invalid');
  }
  return confirmed && optionalText(confirmed, method);
}
