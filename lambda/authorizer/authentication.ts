import type { AuthenticationPolicy, ClientPolicy } from '../../lib/contract/authorizer-configuration';
import { hasUser } from '../../lib/contract/client-type';
import { Refusal } from '../../runtime/refusal';
import type { AccessToken } from './access-token';

/**
 * Lets a token through whose user was authenticated as the operation asks (RFC 9470); what the token does not say is too weak.
 *
 * @param now seconds since the epoch
 * @throws Refusal `authentication_insufficient`
 */
export function requireAuthentication(policy: AuthenticationPolicy | undefined, client: ClientPolicy, token: AccessToken, clockSkewSeconds: number, now: number): void {
  if (policy === undefined) {
    return;
  }
  const { acrValues, methods, maxAgeSeconds } = policy;
  const verdicts = [
    // A provider may put an `acr` into every token; without a user it says nothing of one.
    hasUser(client.type),
    // A policy that asks for nothing that is known here was misspelled, or written by a later version.
    (acrValues ?? methods ?? maxAgeSeconds) !== undefined,
    acrValues === undefined || (token.acr !== undefined && acrValues.includes(token.acr)),
    methods === undefined || methods.every((method) => token.amr?.includes(method)),
    maxAgeSeconds === undefined || isRecent(token.authTime, maxAgeSeconds, clockSkewSeconds, now),
  ];
  if (!verdicts.every(Boolean)) {
    throw new Refusal('authentication_insufficient');
  }
}

/** What the client has to ask its identity provider for, as parameters of the challenge; values are safe to quote by declaration. */
export function authenticationParameters({ acrValues, methods, maxAgeSeconds }: AuthenticationPolicy = {}): string {
  return [
    // RFC 9470 has no parameter for methods; a person who reads the description can act on them.
    `, error_description="${methods ? `The user must authenticate with ${methods.join(' and ')}` : 'A different authentication of the user is required'}"`,
    acrValues ? `, acr_values="${acrValues.join(' ')}"` : '',
    maxAgeSeconds === undefined ? '' : `, max_age="${maxAgeSeconds}"`,
  ].join('');
}

// An authentication that is yet to come would stay recent for as long as somebody likes.
function isRecent(authTime: number | undefined, maxAgeSeconds: number, clockSkewSeconds: number, now: number): boolean {
  return authTime !== undefined && now - authTime <= maxAgeSeconds && authTime <= now + clockSkewSeconds;
}
