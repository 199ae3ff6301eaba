import { decodeBase64url } from './base64url';
import { parseJsonObject, type JsonObject } from './json';
import { Refusal } from './refusal';
import type { KeySource } from './remote-keys';
import { isSignatureAlgorithm, type SignatureAlgorithm } from './verification-key';

/** What kind of token is accepted. */
export interface SignedTokenPolicy {
  /** Accepted `typ`, lower case; RFC 8725 section 3.11. */
  readonly types: readonly string[];
  /** Accepted `alg`. */
  readonly algorithms: readonly string[];
  /** Longest compact serialization, in characters. */
  readonly maxLength: number;
}

/** Header parameters that would let a token bring its own key or change how it is read; none is needed, so all are refused. */
const REFUSED_HEADERS = ['crit', 'b64', 'jku', 'jwk', 'x5u', 'x5c', 'zip', 'enc'];

const MAX_KID_LENGTH = 256;

/**
 * Claims of a signed token: a JWS (RFC 7515) in compact serialization whose signature one of the known keys verifies.
 *
 * Claims are read only after the signature holds. What they say is the caller's to judge.
 *
 * @throws Refusal, DependencyFailure
 */
export async function verifySignedToken(token: string, policy: SignedTokenPolicy, keys: KeySource): Promise<JsonObject> {
  if (token.length > policy.maxLength) {
    throw new Refusal('token_too_large');
  }
  const { protectedHeader, claims, signature: encodedSignature, signingInput } = compactParts(token);
  const known = genuineHeaders.get(protectedHeader);
  const header = known ?? objectOf(decoded(protectedHeader));
  const payload = decoded(claims);
  const signature = decoded(encodedSignature);
  const { kid, alg } = checkedHeader(header, policy);
  const found = keys.key(kid, alg);
  const key = found instanceof Promise ? await found : found;
  if (!key.verifies(signingInput, signature)) {
    throw new Refusal('signature_invalid');
  }
  if (!known) {
    remember(protectedHeader, header);
  }
  return objectOf(payload);
}

/**
 * Headers of tokens that were genuine, by their text: an issuer writes the same one into every token until its key changes.
 *
 * What a text reads as never changes, and each policy is applied to it anew, so nothing here can outlive a key or a decision.
 */
const genuineHeaders = new Map<string, JsonObject>();
const MAX_HEADERS = 16;

function remember(text: string, header: JsonObject): void {
  if (genuineHeaders.size >= MAX_HEADERS) {
    genuineHeaders.clear();
  }
  // A slice of a token would keep all of the token in memory.
  genuineHeaders.set(Buffer.from(text, 'latin1').toString('latin1'), header);
}

function checkedHeader(header: JsonObject, policy: SignedTokenPolicy): { readonly kid: string; readonly alg: SignatureAlgorithm } {
  if (REFUSED_HEADERS.some((name) => Object.hasOwn(header, name))) {
    throw new Refusal('header_not_allowed');
  }
  // Media types are case-insensitive (RFC 7515 section 4.1.9).
  if (typeof header.typ !== 'string' || !policy.types.includes(header.typ.toLowerCase())) {
    throw new Refusal('token_type');
  }
  const { alg, kid } = header;
  if (!isSignatureAlgorithm(alg) || !policy.algorithms.includes(alg)) {
    throw new Refusal('algorithm_not_allowed');
  }
  if (typeof kid !== 'string' || kid.length === 0 || kid.length > MAX_KID_LENGTH) {
    throw new Refusal('token_malformed');
  }
  return { kid, alg };
}

/** The parts of a compact serialization, still encoded. */
export interface CompactParts {
  readonly protectedHeader: string;
  readonly claims: string;
  readonly signature: string;
  /** What the signature is made of. */
  readonly signingInput: string;
}

/** @throws Refusal `token_malformed` where there are not exactly three parts */
export function compactParts(token: string): CompactParts {
  const headerEnd = token.indexOf('.');
  const claimsEnd = token.indexOf('.', headerEnd + 1);
  if (headerEnd === -1 || claimsEnd === -1 || token.includes('.', claimsEnd + 1)) {
    throw new Refusal('token_malformed');
  }
  return {
    protectedHeader: token.slice(0, headerEnd),
    claims: token.slice(headerEnd + 1, claimsEnd),
    signature: token.slice(claimsEnd + 1),
    signingInput: token.slice(0, claimsEnd),
  };
}

/** Bytes of one part. @throws Refusal `token_malformed` */
export function decoded(text: string): Buffer {
  const bytes = decodeBase64url(text);
  if (!bytes || bytes.length === 0) {
    throw new Refusal('token_malformed');
  }
  return bytes;
}

/** The JSON object that a part holds. @throws Refusal `token_malformed` */
export function objectOf(bytes: Buffer): JsonObject {
  try {
    return parseJsonObject(bytes);
  } catch {
    throw new Refusal('token_malformed');
  }
}
