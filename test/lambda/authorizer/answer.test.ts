import { allowance, refusal } from '../../../lambda/authorizer/answer';
import { REFUSAL_REASONS, type RefusalReason } from '../../../lib/contract/audit-record';
import { CONFIGURATION } from '../fixtures/authorizer';

const ARN = 'arn:aws:execute-api:ap-southeast-2:111111111111:abc123/live/GET/accounts/42';
const operation = { ...Object.values(CONFIGURATION.operations)[0]!, authentication: { acrValues: ['urn:bank:mfa'] } };

function answer(reason: RefusalReason): string {
  try {
    return String(refusal(reason, ARN, { txn: 't' }, operation).context?.challenge);
  } catch (error) {
    return (error as Error).message;
  }
}

test('answers every reason with a challenge, with 401 or with 500', () => {
  expect(Object.fromEntries(REFUSAL_REASONS.map((reason) => [reason, answer(reason)]))).toEqual({
    ...Object.fromEntries(REFUSAL_REASONS.map((reason) => [reason, 'Unauthorized'])),
    trust_token_forged: 'Bearer error="invalid_request"',
    header_ambiguous: 'Bearer error="invalid_request"',
    parameter_invalid: 'Bearer error="invalid_request"',
    operation_unknown: 'Bearer error="invalid_request"',
    marking_invalid: 'Bearer error="invalid_request"',
    marking_exceeded: 'Bearer error="invalid_request"',
    api_key_missing: 'Bearer error="invalid_request"',
    api_key_mismatch: 'Bearer error="invalid_request"',
    canary_presented: 'Bearer error="invalid_token"',
    client_unknown: 'Bearer error="invalid_token"',
    certificate_missing: 'Bearer error="invalid_token"',
    certificate_mismatch: 'Bearer error="invalid_token"',
    source_mismatch: 'Bearer error="invalid_token"',
    certificate_revoked: 'Bearer error="invalid_token"',
    token_unbound: 'DPoP error="invalid_token", algs="ES256 EdDSA PS256"',
    ...Object.fromEntries(['missing', 'invalid', 'mismatch', 'time', 'replayed'].map((fault) => [`proof_${fault}`, 'DPoP error="invalid_dpop_proof", algs="ES256 EdDSA PS256"'])),
    client_not_subscribed: 'Bearer error="insufficient_scope"',
    policy_denied: 'Bearer error="insufficient_scope"',
    scope_insufficient: 'Bearer error="insufficient_scope", scope="accounts.read"',
    authentication_insufficient: 'Bearer error="insufficient_user_authentication", error_description="A different authentication of the user is required", acr_values="urn:bank:mfa"',
    dependency_failed: 'The decision could not be made',
    revocation_unknown: 'The decision could not be made',
    internal_error: 'The decision could not be made',
  });
});

test('denies with the reason for the access log', () => {
  expect(refusal('client_unknown', ARN, { txn: 't' })).toEqual({
    principalId: 'refused',
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: ARN }] },
    context: { txn: 't', refusal: 'client_unknown', challenge: 'Bearer error="invalid_token"' },
  });
});

test('cuts a resource to what the gateway takes', () => {
  const [statement] = allowance('p', `${ARN}/${'x'.repeat(1000)}`, { txn: 't' }, 'usageIdentifier').policyDocument.Statement;
  expect(statement).toMatchObject({ Effect: 'Allow', Resource: expect.stringMatching(/^.{511}\*$/) });
});
