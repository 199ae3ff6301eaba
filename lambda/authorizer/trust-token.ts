import type { AuthorizerConfiguration, ClientPolicy, OperationPolicy } from '../../lib/contract/authorizer-configuration';
import type { TrustTokenClaims } from '../../lib/contract/trust-token';
import type { AccessToken } from './access-token';
import type { ClientCertificate } from './client-certificate';
import type { GatewayRequest } from './gateway-request';

/** What was decided about a request, as the trust token tells it. */
export interface Grant {
  readonly request: GatewayRequest;
  readonly operation: OperationPolicy;
  readonly client: ClientPolicy;
  readonly token: AccessToken;
  readonly certificate?: ClientCertificate;
  readonly scopes: readonly string[];
}

/**
 * Claims of the trust token of one request (draft-ietf-oauth-transaction-tokens).
 *
 * It never outlives the access token, never holds it, and says no more scope than the operation needs.
 *
 * @param now seconds since the epoch
 */
export function trustTokenClaims(grant: Grant, configuration: AuthorizerConfiguration, txn: string, now: number): TrustTokenClaims {
  const { request, operation, client, token, certificate } = grant;
  return {
    iss: configuration.trustIssuer,
    iat: now,
    exp: Math.min(now + configuration.trustTokenSeconds, token.expiresAt),
    aud: configuration.trustDomain,
    txn,
    sub: token.subject,
    scope: grant.scopes.join(' '),
    req_wl: `gateway.${configuration.securityDomain}.${configuration.trustDomain}`,
    rctx: {
      req_ip: request.sourceIp,
      authn: token.boundCertificate === undefined ? 'urn:ietf:rfc:6749' : 'urn:ietf:rfc:8705',
      client_id: token.clientId,
      consumer: client.consumer,
      client_type: client.type,
      ...(certificate && { 'x5t#S256': certificate.thumbprint }),
      ...(token.acr !== undefined && { acr: token.acr }),
      ...(token.amr !== undefined && { amr: token.amr }),
      ...(token.authTime !== undefined && { auth_time: token.authTime }),
    },
    tctx: {
      environment: configuration.environment,
      security_domain: configuration.securityDomain,
      group: operation.group,
      service: operation.service,
      operation: operation.id,
      method: request.method,
      resource: request.resource,
    },
  };
}
