import type { ClientPolicy, OperationPolicy } from '../../lib/contract/authorizer-configuration';
import { Refusal } from '../../runtime/refusal';
import type { AccessToken } from './access-token';
import { ClientCertificate } from './client-certificate';

/**
 * The certificate that the client presented, recognised as its own; undefined where none was asked for or given.
 *
 * @param pem as presented; undefined where there is none
 * @param now milliseconds since the epoch
 * @throws Refusal `certificate_missing`, `certificate_mismatch`
 */
export function recognisedCertificate(
  pem: string | undefined, client: ClientPolicy, token: AccessToken, mutualTls: boolean, now: number,
): ClientCertificate | undefined {
  if (pem === undefined) {
    if (mutualTls || token.boundCertificate !== undefined) {
      throw new Refusal('certificate_missing');
    }
    return undefined;
  }
  const certificate = new ClientCertificate(pem);
  const recognised = !mutualTls || (client.certificates ?? []).some((policy) => certificate.matches(policy));
  // Behind mutual TLS a token is worth nothing without the key of its certificate (RFC 8705 section 3).
  const bound = token.boundCertificate === undefined ? !mutualTls : certificate.isBoundTo(token.boundCertificate);
  if (!recognised || !bound || !certificate.isValidAt(now)) {
    throw new Refusal('certificate_mismatch');
  }
  return certificate;
}

/**
 * The scopes that let the client perform the operation: the first alternative that the token was granted in full.
 *
 * @throws Refusal `client_not_subscribed`, `scope_insufficient`
 */
export function sufficientScopes(client: ClientPolicy, token: AccessToken, operation: OperationPolicy): readonly string[] {
  if (!client.groups.includes(operation.group)) {
    throw new Refusal('client_not_subscribed');
  }
  const alternative = operation.scopes.find((scopes) => scopes.length > 0 && scopes.every((scope) => token.scopes.has(scope)));
  if (!alternative) {
    throw new Refusal('scope_insufficient');
  }
  return alternative;
}
