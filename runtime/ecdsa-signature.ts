/** Length of an ES256 signature as JWS writes it: r and s, 32 bytes each (RFC 7518 section 3.4). */
const ES256_SIGNATURE_LENGTH = 64;
const COORDINATE_LENGTH = 32;
const SEQUENCE = 0x30, INTEGER = 0x02;

// By hand, because node:crypto verifies with { key, dsaEncoding } at half the speed of a bare KeyObject (Node 24).

/** DER (ECDSA-Sig-Value) of a JWS signature; undefined where its length is wrong or r or s is zero. */
export function ecdsaSignatureToDer(signature: Buffer): Buffer | undefined {
  if (signature.length !== ES256_SIGNATURE_LENGTH) {
    return undefined;
  }
  const rAt = magnitudeAt(signature, 0);
  const sAt = magnitudeAt(signature, COORDINATE_LENGTH);
  if (rAt === COORDINATE_LENGTH || sAt === ES256_SIGNATURE_LENGTH) {
    return undefined;
  }
  const der = zeros(2 + integerLength(signature, rAt, COORDINATE_LENGTH) + integerLength(signature, sAt, ES256_SIGNATURE_LENGTH));
  der[0] = SEQUENCE;
  der[1] = der.length - 2;
  writeInteger(signature, sAt, ES256_SIGNATURE_LENGTH, der, writeInteger(signature, rAt, COORDINATE_LENGTH, der, 2));
  return der;
}

/** JWS form of a DER signature that node:crypto made. */
export function ecdsaSignatureFromDer(der: Buffer): Buffer {
  const signature = zeros(ES256_SIGNATURE_LENGTH);
  const sAt = 4 + (der[3] ?? 0);
  copyInteger(der, 2, signature, COORDINATE_LENGTH);
  copyInteger(der, sAt, signature, ES256_SIGNATURE_LENGTH);
  return signature;
}

/** Where the coordinate's first byte that is not zero is; its end where all are. */
function magnitudeAt(signature: Buffer, start: number): number {
  let at = start;
  while (at < start + COORDINATE_LENGTH && signature[at] === 0) {
    at += 1;
  }
  return at;
}

function isNegative(signature: Buffer, at: number): boolean {
  return (signature[at] ?? 0) >= 0x80;
}

function integerLength(signature: Buffer, start: number, end: number): number {
  return 2 + end - start + (isNegative(signature, start) ? 1 : 0);
}

/** Writes one INTEGER at a place and tells where the next one goes. */
function writeInteger(signature: Buffer, start: number, end: number, der: Buffer, at: number): number {
  const length = integerLength(signature, start, end);
  der[at] = INTEGER;
  der[at + 1] = length - 2;
  signature.copy(der, at + length - (end - start), start, end);
  return at + length;
}

function copyInteger(der: Buffer, at: number, target: Buffer, end: number): void {
  const length = der[at + 1] ?? 0;
  const start = at + 2 + Math.max(0, length - COORDINATE_LENGTH);
  const magnitude = at + 2 + length - start;
  der.copy(target, end - magnitude, start, start + magnitude);
}

// From the pool, because memory of its own for each signature takes longer than the rest (Node 24).
function zeros(length: number): Buffer {
  return Buffer.allocUnsafe(length).fill(0);
}
