/** Why a caller was refused. Operators see the code; callers learn only what RFC 6750 allows. */
export const REFUSAL_REASONS = [
  'token_missing', 'token_malformed', 'token_too_large', 'token_type', 'algorithm_not_allowed', 'header_not_allowed',
  'key_unknown', 'key_unsuitable', 'signature_invalid', 'issuer_mismatch', 'audience_mismatch', 'token_expired',
  'token_not_yet_valid', 'token_lifetime', 'claims_invalid', 'token_inactive', 'subject_mismatch', 'client_unknown', 'canary_presented', 'client_not_subscribed', 'scope_insufficient', 'authentication_insufficient',
  'certificate_missing', 'certificate_mismatch', 'api_key_missing', 'api_key_mismatch', 'certificate_revoked', 'revocation_unknown', 'source_mismatch',
  'token_unbound', 'proof_missing', 'proof_invalid', 'proof_mismatch', 'proof_time', 'proof_replayed',
  'marking_invalid', 'marking_exceeded',
  'trust_token_forged', 'header_ambiguous', 'operation_unknown', 'policy_denied', 'rate_limit_exceeded', 'dependency_failed', 'internal_error',
  'parameter_invalid',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** One structured record per security decision: written before (`requested`) and after (`allowed`, `refused`) it. */
export interface AuditRecord {
  readonly type: 'authorization';
  readonly outcome: 'requested' | 'allowed' | 'refused';
  readonly time: string;
  readonly txn: string;
  readonly environment: string;
  readonly securityDomain: string;
  readonly operation?: string;
  readonly method?: string;
  readonly resource?: string;
  readonly sourceIp?: string;
  readonly client?: string;
  readonly consumer?: string;
  readonly subject?: string;
  readonly reason?: RefusalReason;
  readonly requestId?: string;
  /** Classification that the request's protective marking says; nothing else of the marking is recorded. */
  readonly marking?: string;
  /** That nobody asked whether the certificate was revoked, as its partner's recorded exception says. */
  readonly revocation?: 'not_checked';
  /** Ids of the access policies that determined the decision; empty where none permitted. */
  readonly policies?: readonly string[];
  /** What failed, for operators, where the reason is `dependency_failed`, `revocation_unknown`, `internal_error`, `policy_denied` or `parameter_invalid`. */
  readonly detail?: string;
}

/** Where the embedded metrics of audit records go: one `Refusals` per refused request. */
export const AUDIT_METRIC = {
  namespace: 'ApiSecurity',
  refusals: 'Refusals',
  /** A read of the issuer's keys or of the signing key that failed, noticed by callers or not. */
  dependencyFailures: 'DependencyFailures',
  dimensions: { environment: 'Environment', securityDomain: 'SecurityDomain', reason: 'Reason', dependency: 'Dependency' },
} as const;
