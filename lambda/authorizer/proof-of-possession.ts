import { createHash } from 'node:crypto';
import type { ClientPolicy } from '../../lib/contract/authorizer-configuration';
import type { ProofPolicy } from '../../lib/contract/proof-of-possession';
import { Refusal } from '../../runtime/refusal';
import type { ReplayStore } from '../../runtime/replay-store';
import { targetUri } from '../../runtime/target-uri';
import type { AccessToken } from './access-token';
import type { Credentials } from './presented-token';
import { verifyProof } from './dpop-proof';
import type { GatewayRequest } from './gateway-request';

/** A request of which possession may have to be proven. */
export interface Possession {
  readonly request: GatewayRequest;
  readonly credentials: Credentials;
  readonly token: AccessToken;
  readonly client: ClientPolicy;
  /** How this request is known; unguessable. */
  readonly txn: string;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** Judges whether callers possess the keys that their access tokens are bound to (DPoP, RFC 9449). */
export class ProofOfPossession {
  constructor(private readonly policy: ProofPolicy, private readonly uses: ReplayStore) {}

  /**
   * Demands a proof wherever the token is bound to a key, and a bound token wherever the client must have one.
   *
   * @throws Refusal `token_unbound`, `proof_missing`, `proof_invalid`, `proof_mismatch`, `proof_time`, `proof_replayed`; DependencyFailure
   */
  async demand({ request, credentials, token, client, txn, now }: Possession): Promise<void> {
    const { boundKey } = token;
    if (boundKey === undefined) {
      if (client.dpop || credentials.scheme === 'dpop') {
        throw new Refusal('token_unbound');
      }
      return;
    }
    const proof = verifyProof(onlyProof(request, credentials), {
      method: request.method, uri: targetUri(this.policy.host, request.path), token: credentials.token, boundKey, now,
    });
    // One key's proofs say nothing of another's: nobody can use up the ids of somebody else.
    const id = createHash('sha256').update(`${boundKey}.${proof.id}`, 'utf8').digest('base64url');
    if (!await this.uses.isFirst({ id, user: txn, until: proof.until })) {
      throw new Refusal('proof_replayed');
    }
  }
}

/**
 * Demands what `ProofOfPossession` demands; in a domain without it, no token that is bound to a key is worth anything.
 *
 * @throws Refusal; DependencyFailure
 */
export function demandPossession(possession: ProofOfPossession | undefined, asked: Possession): Promise<void> | undefined {
  const { token, client, credentials } = asked;
  if (token.boundKey === undefined && !client.dpop && credentials.scheme === 'bearer') {
    return undefined;
  }
  if (!possession) {
    throw new Refusal('claims_invalid');
  }
  return possession.demand(asked);
}

function onlyProof(request: GatewayRequest, { scheme }: Credentials): string {
  const [proof, second] = request.header('dpop');
  // A bound token under the other scheme asks to be taken without its proof (RFC 9449 section 7.2).
  if (proof === undefined || scheme !== 'dpop') {
    throw new Refusal('proof_missing');
  }
  if (second !== undefined) {
    throw new Refusal('proof_invalid');
  }
  return proof;
}
