import { createHash } from 'node:crypto';
import { PROOF_ALGORITHMS, PROOF_SECONDS } from '../../lib/contract/proof-of-possession';
import { optionalDate, requiredText } from '../../runtime/claims';
import { isJsonObject, type JsonObject } from '../../runtime/json';
import { keyThumbprint } from '../../runtime/key-thumbprint';
import { Refusal } from '../../runtime/refusal';
import { compactParts, decoded, objectOf } from '../../runtime/signed-token';
import { normalTargetUri } from '../../runtime/target-uri';
import { isSignatureAlgorithm, verificationKey, type SignatureAlgorithm } from '../../runtime/verification-key';

/** What a proof has to be for. */
export interface ProvenRequest {
  readonly method: string;
  /** Normal form of the target URI. */
  readonly uri: string | undefined;
  /** The access token, as it was sent. */
  readonly token: string;
  /** Thumbprint (RFC 7638) of the key that the token is bound to. */
  readonly boundKey: string;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** What a genuine proof is remembered by. */
export interface Proof {
  /** Its `jti`, unique among the proofs of its key. */
  readonly id: string;
  /** Seconds since the epoch from which it is too old. */
  readonly until: number;
}

const TYPE = 'dpop+jwt';
const MAX_PROOF_LENGTH = 4096;
/** Header parameters that would bring another key, or change how the proof is read. */
const REFUSED_HEADERS = ['crit', 'b64', 'jku', 'x5u', 'x5c', 'zip', 'enc'];
/** Members of private and of symmetric keys (RFC 7518 section 6). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Verifies a DPoP proof, every check of RFC 9449 section 4.3 but the one for replay.
 *
 * The key comes with the proof, so nothing is computed with it before the access token has vouched for it.
 *
 * @throws Refusal `proof_invalid`, `proof_mismatch`, `proof_time`
 */
export function verifyProof(proof: string, request: ProvenRequest): Proof {
  try {
    const claims = genuineClaims(proof, request.boundKey);
    requireTarget(claims, request);
    return { id: requiredText(claims, 'jti'), until: requireFreshness(claims, request.now) };
  } catch (error) {
    // What is wrong with a proof is no fault of the token it came with.
    throw error instanceof Refusal && !error.reason.startsWith('proof_') ? new Refusal('proof_invalid') : error;
  }
}

function genuineClaims(proof: string, boundKey: string): JsonObject {
  if (proof.length > MAX_PROOF_LENGTH) {
    throw new Refusal('proof_invalid');
  }
  const { protectedHeader, claims, signature, signingInput } = compactParts(proof);
  const { jwk, alg } = checkedHeader(objectOf(decoded(protectedHeader)));
  if (keyThumbprint(jwk) !== boundKey) {
    throw new Refusal('proof_mismatch');
  }
  if (!verificationKey(jwk, alg).verifies(signingInput, decoded(signature))) {
    throw new Refusal('proof_invalid');
  }
  return objectOf(decoded(claims));
}

function checkedHeader(header: JsonObject): { readonly jwk: JsonObject; readonly alg: SignatureAlgorithm } {
  const { typ, alg, jwk } = header;
  const acceptable = typeof typ === 'string' && typ.toLowerCase() === TYPE
    && isSignatureAlgorithm(alg) && PROOF_ALGORITHMS.some((accepted) => accepted === alg)
    && isJsonObject(jwk) && !PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name))
    && !REFUSED_HEADERS.some((name) => Object.hasOwn(header, name));
  if (!acceptable) {
    throw new Refusal('proof_invalid');
  }
  return { jwk, alg };
}

/** Method, URI and token: a proof serves one request only, and only with this token. */
function requireTarget(claims: JsonObject, { method, uri, token }: ProvenRequest): void {
  const ath = createHash('sha256').update(token, 'latin1').digest('base64url');
  const meant = requiredText(claims, 'htm') === method
    && uri !== undefined && normalTargetUri(longText(claims, 'htu')) === uri
    && requiredText(claims, 'ath') === ath;
  if (!meant) {
    throw new Refusal('proof_mismatch');
  }
}

// A URI may be longer than other claims; the proof's own length bounds it.
function longText(claims: JsonObject, name: string): string {
  const value = claims[name];
  if (typeof value !== 'string') {
    throw new Refusal('proof_invalid');
  }
  return value;
}

function requireFreshness(claims: JsonObject, now: number): number {
  const issuedAt = optionalDate(claims, 'iat');
  if (issuedAt === undefined) {
    throw new Refusal('proof_invalid');
  }
  const until = Math.min(issuedAt + PROOF_SECONDS.age, optionalDate(claims, 'exp') ?? Number.MAX_SAFE_INTEGER);
  if (Math.max(issuedAt, optionalDate(claims, 'nbf') ?? 0) > now + PROOF_SECONDS.ahead || now >= until) {
    throw new Refusal('proof_time');
  }
  return until;
}
