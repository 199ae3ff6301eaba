import type { RefusalReason } from '../lib/contract/audit-record';
import { PROBLEMS, type Problem } from '../lib/contract/problem';

/** Why a service refused a trust token: what is wrong with the token itself, or what it was not issued for. */
export type TrustTokenRefusalReason = RefusalReason | 'token_replayed' | 'group_mismatch' | 'service_mismatch' | 'operation_mismatch' | 'obligation_unknown';

const FORBIDDEN: readonly TrustTokenRefusalReason[] = ['group_mismatch', 'service_mismatch', 'operation_mismatch', 'obligation_unknown', 'scope_insufficient'];

/**
 * A trust token that a service does not accept.
 *
 * `reason` is for the service's own log; `problem` is all that its caller may learn (RFC 9457).
 */
export class TrustTokenRefused extends Error {
  readonly problem: Problem;

  constructor(readonly reason: TrustTokenRefusalReason) {
    super(`trust token refused: ${reason}`);
    this.name = 'TrustTokenRefused';
    this.problem = problemOf(reason);
  }
}

function problemOf(reason: TrustTokenRefusalReason): Problem {
  if (reason === 'dependency_failed') {
    return PROBLEMS.serviceUnavailable;
  }
  return FORBIDDEN.includes(reason) ? PROBLEMS.forbidden : PROBLEMS.unauthorized;
}
