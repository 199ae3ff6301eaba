import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import type { RefusalReason } from '../../lib/contract/audit-record';
import type { OperationPolicy } from '../../lib/contract/authorizer-configuration';
import type { GatewayContext } from '../../lib/contract/gateway-context';
import { PROOF_CHALLENGE } from '../../lib/contract/proof-of-possession';
import { NO_USAGE_IDENTIFIER } from '../../lib/contract/rate-limit';
import { authenticationParameters } from './authentication';
import type { RateLimitExceeded } from './rate-limits';

/** The gateway answers 401 to this message and to no other. */
const UNAUTHORIZED = 'Unauthorized';
/** The gateway refuses a longer policy resource. */
const MAX_RESOURCE_LENGTH = 512;

const INVALID_REQUEST = 'Bearer error="invalid_request"';
const INVALID_TOKEN = 'Bearer error="invalid_token"';
const INSUFFICIENT_SCOPE = 'Bearer error="insufficient_scope"';
const INSUFFICIENT_AUTHENTICATION = 'Bearer error="insufficient_user_authentication"';
const UNBOUND_TOKEN = `DPoP error="invalid_token", ${PROOF_CHALLENGE}`;
const INVALID_PROOF = `DPoP error="invalid_dpop_proof", ${PROOF_CHALLENGE}`;

/** Challenges (RFC 6750 section 3, RFC 9449 section 7.1, RFC 9470 section 3) of the reasons that deny; every other reason throws. */
const DENIALS: Partial<Record<RefusalReason, string>> = {
  trust_token_forged: INVALID_REQUEST,
  header_ambiguous: INVALID_REQUEST,
  operation_unknown: INVALID_REQUEST,
  marking_invalid: INVALID_REQUEST,
  marking_exceeded: INVALID_REQUEST,
  client_unknown: INVALID_TOKEN,
  canary_presented: INVALID_TOKEN,
  certificate_missing: INVALID_TOKEN,
  certificate_mismatch: INVALID_TOKEN,
  certificate_revoked: INVALID_TOKEN,
  token_unbound: UNBOUND_TOKEN,
  proof_missing: INVALID_PROOF,
  proof_invalid: INVALID_PROOF,
  proof_mismatch: INVALID_PROOF,
  proof_time: INVALID_PROOF,
  proof_replayed: INVALID_PROOF,
  parameter_invalid: INVALID_REQUEST,
  api_key_missing: INVALID_REQUEST,
  api_key_mismatch: INVALID_REQUEST,
  source_mismatch: INVALID_TOKEN,
  client_not_subscribed: INSUFFICIENT_SCOPE,
  scope_insufficient: INSUFFICIENT_SCOPE,
  authentication_insufficient: INSUFFICIENT_AUTHENTICATION,
  policy_denied: INSUFFICIENT_SCOPE,
};
const FAILURES: readonly RefusalReason[] = ['dependency_failed', 'revocation_unknown', 'internal_error'];

/** Lets one request through, as one of a consumer that the gateway counts. */
export function allowance(principalId: string, methodArn: string, context: GatewayContext, usageIdentifierKey: string): APIGatewayAuthorizerResult {
  return { ...policy('Allow', principalId, methodArn, context), usageIdentifierKey };
}

/**
 * Answers a refused request: 403 by a Deny policy, which says why to the access log and how to do better to the caller.
 *
 * @throws Error `Unauthorized` for 401; another for 500
 */
export function refusal(
  reason: RefusalReason, methodArn: string, context: Omit<GatewayContext, 'challenge' | 'refusal'>, operation?: OperationPolicy,
): APIGatewayAuthorizerResult {
  const challenge = DENIALS[reason];
  if (challenge === undefined) {
    throw new Error(FAILURES.includes(reason) ? 'The decision could not be made' : UNAUTHORIZED);
  }
  const missing = reason === 'scope_insufficient' ? operation?.scopes[0] : undefined;
  const scope = missing ? `, scope="${missing.join(' ')}"` : '';
  const authentication = reason === 'authentication_insufficient' ? authenticationParameters(operation?.authentication) : '';
  return policy('Deny', 'refused', methodArn, { ...context, refusal: reason, challenge: `${challenge}${scope}${authentication}` });
}

/**
 * Has the gateway answer 429, which an authorizer cannot: without a trust token, and as somebody whom no usage plan knows.
 *
 * The gateway refuses whom it does not know before it calls anything, with a response whose status is the API's own to set.
 */
export function exceeded({ state, retryAfter }: RateLimitExceeded, methodArn: string, context: Omit<GatewayContext, 'trustToken'>): APIGatewayAuthorizerResult {
  return invalid(methodArn, { ...context, ...state, retryAfter });
}

/** Has the gateway answer 400 in the same way, where it does not answer 429 so: a refusal by the authorizer itself would say 403. */
export function invalid(methodArn: string, context: Omit<GatewayContext, 'trustToken'>): APIGatewayAuthorizerResult {
  return allowance('refused', methodArn, context, NO_USAGE_IDENTIFIER);
}

function policy(effect: 'Allow' | 'Deny', principalId: string, methodArn: string, context: GatewayContext): APIGatewayAuthorizerResult {
  // Results are not cached, so a resource cut short still speaks of this one request.
  const resource = methodArn.length > MAX_RESOURCE_LENGTH ? `${methodArn.slice(0, MAX_RESOURCE_LENGTH - 1)}*` : methodArn;
  return {
    principalId,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }] },
    context: { ...context },
  };
}
