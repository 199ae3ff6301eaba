import { createHash, randomUUID, type JsonWebKey } from 'node:crypto';
import { REPLAY_TABLE_VARIABLE } from '../../lib/contract/replay-table';
import type { TrustTokenClaims } from '../../lib/contract/trust-token';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { DynamoDbReplayStore, RememberedUses, type ReplayStore } from '../../runtime/replay-store';
import { isDigestOf } from './content-digest';
import { queryEncoded, signatureBase, type SignedRequest } from './signature-base';
import { sentSignature, type SentSignature } from './signature-fields';
import { SignatureRefused } from './signature-refused';
import { verificationKey, type VerificationKey } from './verification-key';

/** Whose signatures a service accepts. */
export interface MessageSignaturesOptions {
  /** Public keys (JWK: EC P-256, Ed25519, RSA of 2048 bits and more) by consumer and `keyid`; a key is good for its consumer only. */
  readonly keys: { readonly [consumer: string]: { readonly [keyId: string]: JsonWebKey } };
  /** Remembers nonces, so that each signature is accepted once. */
  readonly oneTimeUse: ReplayStore;
  /** Longest time from `created` that a signature is accepted, in seconds. @default 60 */
  readonly maxAgeSeconds?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
}

const CLOCK_SKEW_SECONDS = 5;

/**
 * Verifies that consumers signed their requests and bodies (RFC 9421, RFC 9530), beside the trust token.
 *
 * A request brings one signature over `@method`, `@authority`, `@path`, every query parameter (`@query-param`) and, where it has a
 * body, `content-type` and `content-digest`; with `created`, `keyid` and a `nonce` that is used once. The algorithm is that of the key:
 * `ecdsa-p256-sha256`, `ed25519` or `rsa-pss-sha512`.
 *
 * @example
 * const signatures = MessageSignatures.fromEnvironment({ acme: { 'acme-2027': { kty: 'OKP', crv: 'Ed25519', x: '…' } } });
 * export const handler = lambdaTrustToken(verifier, handle, { signatures });
 */
export class MessageSignatures {
  /** Remembers nonces in the table of `REPLAY_TABLE_ARN`, which `BackendFunction` sets for `oneTimeTrustTokens`. @throws TypeError without it */
  static fromEnvironment(keys: MessageSignaturesOptions['keys']): MessageSignatures {
    return new MessageSignatures({ keys, oneTimeUse: new DynamoDbReplayStore(process.env[REPLAY_TABLE_VARIABLE] ?? '') });
  }

  private readonly keys: ReadonlyMap<string, ReadonlyMap<string, VerificationKey>>;
  private readonly uses: ReplayStore;
  private readonly clock: () => number;
  private readonly maxAgeSeconds: number;

  /** @throws TypeError where a key is none that is accepted, or is private */
  constructor({ keys, oneTimeUse, maxAgeSeconds = 60, clock = Date.now }: MessageSignaturesOptions) {
    this.keys = new Map(Object.entries(keys).map(([consumer, own]) => [consumer, new Map(Object.entries(own).map(([id, jwk]) => [id, verificationKey(jwk, `key '${id}' of '${consumer}'`)]))]));
    this.uses = new RememberedUses(oneTimeUse, clock);
    this.clock = clock;
    this.maxAgeSeconds = maxAgeSeconds;
  }

  /** @throws SignatureRefused */
  async verify(request: SignedRequest, { rctx: { consumer } }: Pick<TrustTokenClaims, 'rctx'>): Promise<void> {
    const inputs = request.fields.get('signature-input') ?? [];
    const sent = sentSignature(inputs, request.fields.get('signature') ?? []);
    if (!sent) {
      throw new SignatureRefused(inputs.length === 0 ? 'signature_missing' : 'signature_malformed');
    }
    if (!covers(sent, request)) {
      throw new SignatureRefused('signature_coverage');
    }
    const until = this.requireFreshness(sent);
    const [keyId, nonce] = [sent.parameters.get('keyid'), sent.parameters.get('nonce')];
    const key = typeof keyId === 'string' ? this.keys.get(consumer)?.get(keyId) : undefined;
    if (!key) {
      throw new SignatureRefused('key_unknown');
    }
    if ((sent.parameters.get('alg') ?? key.algorithm) !== key.algorithm) {
      throw new SignatureRefused('algorithm_mismatch');
    }
    const base = signatureBase(sent, request);
    if (base === undefined || !key.verifies(base, sent.signature)) {
      throw new SignatureRefused('signature_invalid');
    }
    const [digest] = request.fields.get('content-digest') ?? [];
    if (digest === undefined ? request.body.length > 0 : !isDigestOf(digest, request.body)) {
      throw new SignatureRefused('digest_mismatch');
    }
    await this.requireFirstUse(JSON.stringify([consumer, keyId, nonce]), until);
  }

  private requireFreshness({ parameters }: SentSignature): number {
    const [created, expires = Number.MAX_SAFE_INTEGER, nonce] = [parameters.get('created'), parameters.get('expires'), parameters.get('nonce')];
    if (typeof created !== 'number' || typeof expires !== 'number' || typeof nonce !== 'string' || nonce.length < 8) {
      throw new SignatureRefused('signature_malformed');
    }
    const now = Math.floor(this.clock() / 1000);
    const until = Math.min(created + this.maxAgeSeconds, expires);
    if (created > now + CLOCK_SKEW_SECONDS || now >= until) {
      throw new SignatureRefused('signature_time');
    }
    return until;
  }

  /** Last of all, so that nobody uses up a nonce with a signature that is none. */
  private async requireFirstUse(nonce: string, until: number): Promise<void> {
    const id = createHash('sha256').update(`signature ${nonce}`, 'utf8').digest('base64url');
    try {
      if (await this.uses.isFirst({ id, user: randomUUID(), until })) {
        return;
      }
    } catch (error) {
      throw error instanceof DependencyFailure ? new SignatureRefused('dependency_failed') : error;
    }
    throw new SignatureRefused('signature_replayed');
  }
}

/** True where nothing of a request that its meaning depends on is left to whoever passes it on. */
function covers({ components }: SentSignature, { queryParameters, body }: SignedRequest): boolean {
  const covered = new Set(components.map(({ name, parameter }) => parameter === undefined ? name : `${name} ${parameter}`));
  const hasTarget = covered.has('@target-uri');
  return covered.has('@method')
    && (hasTarget || (covered.has('@authority') && covered.has('@path')))
    && (hasTarget || covered.has('@query') || [...queryParameters.keys()].every((name) => covered.has(`@query-param ${queryEncoded(name)}`)))
    && (body.length === 0 || (covered.has('content-digest') && covered.has('content-type')));
}
