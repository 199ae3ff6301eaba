import type { AuthorizerConfiguration, ClientPolicy, OperationPolicy } from '../../lib/contract/authorizer-configuration';
import { hasUser, TRUSTED_APPLICATION } from '../../lib/contract/client-type';
import type { RateLimitState } from '../../lib/contract/rate-limit';
import type { TrustTokenClaims } from '../../lib/contract/trust-token';
import { Refusal } from '../../runtime/refusal';
import type { AccessDecision } from './access-decision';
import type { AccessToken } from './access-token';
import type { ClientCertificate } from './client-certificate';
import type { GatewayRequest } from './gateway-request';

/** Characters. The gateway takes 8 KB of an authorizer's answer and 10 KB of headers; an ordinary token has about 1,000. */
const MAX_LENGTH = 6144;
/** Most policies that a trust token names: it travels in a header. */
const MAX_POLICIES = 8;

/** What was decided about a request, as the trust token tells it. */
export interface Grant {
  readonly request: GatewayRequest;
  readonly operation: OperationPolicy;
  readonly client: ClientPolicy;
  readonly token: AccessToken;
  readonly certificate?: ClientCertificate;
  readonly scopes: readonly string[];
  /** Classification that the request's protective marking says. */
  readonly marking?: string;
  /** Where access policies decided. */
  readonly access?: AccessDecision;
  /** Where the requests of its consumer to the service are counted. */
  readonly rateLimit?: RateLimitState;
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
      authn: authentication(token),
      client_id: token.clientId,
      consumer: client.consumer,
      client_type: client.type,
      subject_type: hasUser(client.type) ? 'user' : 'client',
      // JSON leaves out what is undefined, and an object of one shape is made and written in less time than one of spreads.
      implicit_trust: client.type === TRUSTED_APPLICATION ? true : undefined,
      'x5t#S256': certificate?.thumbprint,
      jkt: token.boundKey,
      acr: token.acr,
      amr: token.amr,
      auth_time: token.authTime,
    },
    tctx: {
      environment: configuration.environment,
      security_domain: configuration.securityDomain,
      group: operation.group,
      service: operation.service,
      operation: operation.id,
      method: request.method,
      resource: request.resource,
      marking: grant.marking,
      classification: operation.marking?.required ? operation.marking.ceiling : undefined,
      ...(grant.access && tokenPolicies(grant.access)),
      rate_limit: grant.rateLimit,
    },
  };
}

/** The signed token, where the gateway can carry it. @throws Refusal `claims_invalid` where the access token said too much to pass on */
export function deliverable(trustToken: string): string {
  if (trustToken.length > MAX_LENGTH) {
    throw new Refusal('claims_invalid');
  }
  return trustToken;
}

/** How the requester proved who it is; a token's own key says more than the certificate of a connection. */
function authentication({ boundKey, boundCertificate }: AccessToken): TrustTokenClaims['rctx']['authn'] {
  if (boundKey !== undefined) {
    return 'urn:ietf:rfc:9449';
  }
  return boundCertificate === undefined ? 'urn:ietf:rfc:6749' : 'urn:ietf:rfc:8705';
}

/** A service must learn every obligation; of the policies a few tell enough, and the audit record names all. */
function tokenPolicies({ policies, obligations }: AccessDecision): Pick<TrustTokenClaims['tctx'], 'policies' | 'obligations'> {
  return { policies: policies.slice(0, MAX_POLICIES), ...(obligations.length > 0 && { obligations }) };
}
