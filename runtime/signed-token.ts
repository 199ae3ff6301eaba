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
  const [protectedHeader, payload, signature, ...rest] = token.split('.');
  if (protectedHeader === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    throw new Refusal('token_malformed');
  }
  const header = objectOf(decoded(protectedHeader));
  const payloadBytes = decoded(payload);
  const signatureBytes = decoded(signature);
  const { kid, alg } = checkedHeader(header, policy);
  const key = await keys.key(kid, alg);
  if (!key.verifies(Buffer.from(`${protectedHeader}.${payload}`, 'latin1'), signatureBytes)) {
    throw new Refusal('signature_invalid');
  }
  return objectOf(payloadBytes);
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

function decoded(text: string): Buffer {
  const bytes = decodeBase64url(text);
  if (!bytes || bytes.length === 0) {
    throw new Refusal('token_malformed');
  }
  return bytes;
}

function objectOf(bytes: Buffer): JsonObject {
  try {
    return parseJsonObject(bytes);
  } catch {
    throw new Refusal('token_malformed');
  }
}
