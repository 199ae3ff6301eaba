import { createECDH, type KeyObject } from 'node:crypto';

/** Order of P-256 (SEC 2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * ECDSA over a digest that somebody else made (SEC 1 section 4.1.3), in DER: node:crypto signs messages only.
 *
 * For the keys of a run on this machine; it makes no effort to hide them from whoever measures its time.
 */
export function signDigest(privateKey: KeyObject, digest: Buffer): Buffer {
  const secret = fromHex(Buffer.from(privateKey.export({ format: 'jwk' }).d!, 'base64url').toString('hex'));
  const once = createECDH('prime256v1');
  const point = once.generateKeys('hex', 'uncompressed');
  const r = fromHex(point.slice(2, 66)) % ORDER;
  const s = inverse(fromHex(once.getPrivateKey('hex'))) * (fromHex(digest.toString('hex')) + r * secret) % ORDER;
  return r === 0n || s === 0n ? signDigest(privateKey, digest) : der(0x30, Buffer.concat([integer(r), integer(s)]));
}

/** By Fermat's little theorem, the order being a prime. */
function inverse(value: bigint): bigint {
  let [result, base, exponent] = [1n, value % ORDER, ORDER - 2n];
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = result * base % ORDER;
    base = base * base % ORDER;
  }
  return result;
}

function fromHex(hex: string): bigint {
  return BigInt(`0x${hex}`);
}

/** INTEGER: no more bytes than needed, the first below 0x80, since it is positive. */
function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + hex.length % 2, '0'), 'hex');
  return der(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
}

function der(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}
