import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { usageIdentifier } from '../../lib/contract/api-key';
import type { AuditRecord, RefusalReason } from '../../lib/contract/audit-record';
import { operationKey, type AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import { TRUSTED_APPLICATION } from '../../lib/contract/client-type';
import { TRUST_TOKEN_HEADER } from '../../lib/contract/trust-token';
import { seconds, type Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { Refusal } from '../../runtime/refusal';
import type { KeySource } from '../../runtime/remote-keys';
import type { ClaimsSigner } from '../../runtime/token-signer';
import { verifyAccessToken } from './access-token';
import { isPoliced, permitted, type PolicyDecisionPoint } from './access-decision';
import { allowance, exceeded, invalid, refusal } from './answer';
import type { ApiKeys } from './api-keys';
import { requireAuthentication } from './authentication';
import type { AuditLog } from './audit-log';
import { presentedToken } from './presented-token';
import { recognisedCertificate, sufficientScopes } from './client';
import { GatewayRequest } from './gateway-request';
import { isOpaque, type IntrospectedTokens } from './introspected-tokens';
import type { KnownClient } from './known-client';
import type { ParameterChecks } from './loaded-parameters';
import type { LoadedRevocation } from './loaded-revocation';
import { requestMarking } from './marking';
import { printable } from './printable';
import { demandPossession, type ProofOfPossession } from './proof-of-possession';
import { RateLimitExceeded, type RateLimits } from './rate-limits';
import { requireSource } from './source-address';
import { requireSubject } from './subject';
import { deliverable, trustTokenClaims, type Grant } from './trust-token';

/** Everything a decision depends on beside the request. */
export interface AuthorizerDependencies {
  readonly configuration: AuthorizerConfiguration;
  /** Keys of the access tokens' issuer. */
  readonly keys: KeySource;
  /** Tokens that are no JWT, where the issuer is asked about them; they are malformed where it is not. */
  readonly introspected?: Pick<IntrospectedTokens, 'token'>;
  /** The key that signs trust tokens now; rejects with `DependencyFailure`. */
  readonly signer: () => Promise<ClaimsSigner>;
  /** Present where the domain has clients that prove possession of a key. */
  readonly possession?: ProofOfPossession;
  readonly apiKeys: ApiKeys;
  /** Present where certificates of partners are checked for revocation. */
  readonly revocation?: Pick<LoadedRevocation, 'requireUnrevoked'>;
  /** Present where partners have private CAs, whose certificates are known at run time only. */
  readonly knownClient?: KnownClient;
  /** Checks parameters where an operation says what they must be. */
  readonly parameters: ParameterChecks;
  readonly audit: AuditLog;
  /** Decides where an operation has access policies; absent where none in the domain has. */
  readonly policies?: PolicyDecisionPoint;
  /** Counts requests where an API service of the domain limits them. */
  readonly limits?: Pick<RateLimits, 'admitted'>;
  readonly clock: Clock;
  /** A fresh transaction id, unguessable. */
  readonly newTransaction: () => string;
}

/** What is known of a request so far, for its records. */
type Findings = { -readonly [Member in 'operation' | 'client' | 'consumer' | 'subject' | 'policies' | 'marking' | 'revocation']?: AuditRecord[Member] };

/**
 * Decides one request: an Allow policy with the trust token in its context, or a refusal.
 *
 * Records the request before and the decision after; an error of any kind refuses.
 *
 * @throws Error `Unauthorized` for 401; another for 500
 */
export async function authorize(event: APIGatewayRequestAuthorizerEvent, dependencies: AuthorizerDependencies): Promise<APIGatewayAuthorizerResult> {
  const { audit, configuration, clock } = dependencies;
  const request = new GatewayRequest(event);
  const txn = dependencies.newTransaction();
  const { method, resource, sourceIp, requestId } = request;
  const facts = audit.facts({ txn, method, resource, sourceIp, requestId });
  const findings: Findings = {};
  audit.record(facts, { outcome: 'requested' });
  try {
    const decision = await decided(request, dependencies, findings, txn);
    // Last, so that nothing counts that would have been refused anyway.
    const grant = dependencies.limits ? await dependencies.limits.admitted(decision) : decision;
    const signer = await dependencies.signer();
    const signed = signer.sign(trustTokenClaims(grant, configuration, txn, seconds(clock)));
    const trustToken = deliverable(typeof signed === 'string' ? signed : await signed);
    audit.record(facts, { ...findings, outcome: 'allowed' });
    const { client: { consumer }, operation: { service } } = grant;
    const counted = usageIdentifier(configuration.securityDomain, consumer, service);
    return allowance(printable(grant.token.subject), request.methodArn, { trustToken, txn, consumer }, counted);
  } catch (error) {
    const reason = reasonOf(error);
    audit.record(facts, { ...findings, outcome: 'refused', reason, detail: detailOf(error) });
    const context = { txn, refusal: reason, ...(findings.consumer !== undefined && { consumer: findings.consumer }) };
    if (error instanceof RateLimitExceeded) {
      return exceeded(error, request.methodArn, context);
    }
    const operation = operationOf(request, configuration);
    return reason === 'parameter_invalid' && !configuration.rateLimits?.[operation!.service] ? invalid(request.methodArn, context) : refusal(reason, request.methodArn, context, operation);
  }
}

async function decided(request: GatewayRequest, dependencies: AuthorizerDependencies, findings: Findings, txn: string): Promise<Grant> {
  const { configuration, keys, introspected, clock, possession } = dependencies;
  if (request.header(TRUST_TOKEN_HEADER).length > 0) {
    throw new Refusal('trust_token_forged');
  }
  if (request.headers.some(({ name }) => name.isAmbiguous)) {
    throw new Refusal('header_ambiguous');
  }
  const operation = operationOf(request, configuration);
  if (!operation) {
    throw new Refusal('operation_unknown');
  }
  findings.operation = operation.id;
  const credentials = presentedToken(request);
  const token = introspected && isOpaque(credentials.token) ? await introspected.token(credentials.token) : await verifyAccessToken(credentials.token, configuration.accessToken, keys, seconds(clock));
  findings.subject = token.subject;
  findings.client = token.clientId;
  const client = own(configuration.clients, token.clientId);
  if (!client) {
    throw new Refusal(configuration.canaries?.includes(token.clientId) ? 'canary_presented' : 'client_unknown');
  }
  findings.consumer = client.consumer;
  requireSubject(client, token);
  if (client.sourceAddresses !== undefined) {
    requireSource(client.sourceAddresses, request.sourceIp);
  }
  // Implicit trust is worth what its certificate is, wherever the client is listed.
  const issued = dependencies.knownClient ? await dependencies.knownClient(client) : client;
  const certificate = recognisedCertificate(request.certificate, issued, token, configuration.mutualTls || client.type === TRUSTED_APPLICATION, clock());
  const unrevoked = certificate && dependencies.revocation?.requireUnrevoked(certificate, client.partner, client.notRevocable);
  findings.revocation = certificate && client.notRevocable ? 'not_checked' : undefined;
  if (unrevoked) {
    await unrevoked;
  }
  if (client.apiKeySecret !== undefined) {
    await dependencies.apiKeys.require(client.apiKeySecret, request);
  }
  const proven = demandPossession(possession, { request, credentials, token, client, txn, now: seconds(clock) });
  if (proven) {
    await proven;
  }
  const scopes = sufficientScopes(client, token, operation);
  requireAuthentication(operation.authentication, client, token, configuration.accessToken.clockSkewSeconds, seconds(clock));
  if (operation.parameters) {
    dependencies.parameters(operation.parameters, request);
  }
  const marking = requestMarking(operation.marking, request);
  findings.marking = marking;
  const grant = { request, operation, client, token, certificate, scopes, marking };
  return isPoliced(operation, configuration) ? permitted(grant, dependencies, findings) : grant;
}

function operationOf({ api, method, resource }: GatewayRequest, { operations }: AuthorizerConfiguration) {
  return own(operations, operationKey(api, method, resource));
}

// `constructor` is a member of every object, and a client id is the caller's to choose.
function own<T>(members: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

function reasonOf(error: unknown): RefusalReason {
  if (error instanceof Refusal) {
    return error.reason;
  }
  return error instanceof DependencyFailure ? 'dependency_failed' : 'internal_error';
}

// The message of an unexpected error may quote what the caller sent; where it was thrown does not.
function detailOf(error: unknown): string | undefined {
  if (error instanceof Refusal) {
    return error.detail;
  }
  if (error instanceof DependencyFailure) {
    return error.message;
  }
  return error instanceof Error ? /^ {4}at .*$/m.exec(error.stack ?? '')?.[0].trim() : undefined;
}
