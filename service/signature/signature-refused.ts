import { PROBLEMS, type Problem } from '../../lib/contract/problem';

/** Why a service refused the signature of a message. */
export type SignatureRefusalReason =
  'signature_missing' | 'signature_malformed' | 'signature_coverage' | 'signature_time' | 'key_unknown' | 'algorithm_mismatch' | 'signature_invalid' | 'digest_mismatch' | 'signature_replayed' | 'dependency_failed';

/** A request that its consumer did not sign as the service asks; `reason` is for the service's own log. */
export class SignatureRefused extends Error {
  readonly problem: Problem;

  constructor(readonly reason: SignatureRefusalReason) {
    super(`message signature refused: ${reason}`);
    this.name = 'SignatureRefused';
    this.problem = reason === 'dependency_failed' ? PROBLEMS.serviceUnavailable : PROBLEMS.forbidden;
  }
}
