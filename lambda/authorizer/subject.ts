import type { ClientPolicy } from '../../lib/contract/authorizer-configuration';
import { hasUser } from '../../lib/contract/client-type';
import { Refusal } from '../../runtime/refusal';
import type { AccessToken } from './access-token';

/**
 * Lets a client without a user in with a token about itself only, and a client with users never with one.
 *
 * Otherwise a system could speak for a user whose token it holds, and a token without a user would pass for a user's whose name
 * is that of the client (RFC 9068 section 5).
 *
 * @throws Refusal `subject_mismatch`
 */
export function requireSubject(client: ClientPolicy, token: AccessToken): void {
  const isClient = token.subject === (client.subject ?? token.clientId);
  if (isClient === hasUser(client.type)) {
    throw new Refusal('subject_mismatch');
  }
}
