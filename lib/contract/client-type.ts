/** `clientType` of a server that has authenticated its users itself. */
export const TRUSTED_APPLICATION = 'trusted-application';

/** Clients that get their tokens by client credentials: there is no user in them. */
const WITHOUT_USER: readonly string[] = ['system', TRUSTED_APPLICATION];

/** True where a client's access tokens stand for a user; for the others the client is the subject (RFC 9068 section 2.2). */
export function hasUser(clientType: string): boolean {
  return !WITHOUT_USER.includes(clientType);
}
