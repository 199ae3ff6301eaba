/** Length of an ES256 signature as JWS writes it: r and s, 32 bytes each (RFC 7518 section 3.4). */
export const ES256_SIGNATURE_LENGTH = 64;
const COORDINATE_LENGTH = 32;
const SEQUENCE = 0x30, INTEGER = 0x02;

// By hand, because node:crypto verifies with { key, dsaEncoding } at half the speed of a bare KeyObject (Node 24).

/** DER (ECDSA-Sig-Value) of a JWS signature; undefined where its length is wrong or r or s is zero. */
export function ecdsaSignatureToDer(signature: Buffer): Buffer | undefined {
  if (signature.length !== ES256_SIGNATURE_LENGTH) {
    return undefined;
  }
  const r = derInteger(signature.subarray(0, COORDINATE_LENGTH));
  const s = derInteger(signature.subarray(COORDINATE_LENGTH));
  return r && s ? Buffer.concat([Buffer.from([SEQUENCE, r.length + s.length]), r, s]) : undefined;
}

/** JWS form of a DER signature that node:crypto made. */
export function ecdsaSignatureFromDer(der: Buffer): Buffer {
  const signature = Buffer.alloc(ES256_SIGNATURE_LENGTH);
  const sAt = 4 + (der[3] ?? 0);
  copyInteger(der, 2, signature, COORDINATE_LENGTH);
  copyInteger(der, sAt, signature, ES256_SIGNATURE_LENGTH);
  return signature;
}

function derInteger(coordinate: Buffer): Buffer | undefined {
  const start = coordinate.findIndex((byte) => byte !== 0);
  if (start === -1) {
    return undefined;
  }
  const magnitude = coordinate.subarray(start);
  const sign = (magnitude[0] ?? 0) >= 0x80 ? [0] : [];
  return Buffer.concat([Buffer.from([INTEGER, magnitude.length + sign.length, ...sign]), magnitude]);
}

function copyInteger(der: Buffer, at: number, target: Buffer, end: number): void {
  const length = der[at + 1] ?? 0;
  const magnitude = der.subarray(at + 2 + Math.max(0, length - COORDINATE_LENGTH), at + 2 + length);
  magnitude.copy(target, end - magnitude.length);
}
