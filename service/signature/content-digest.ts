import { createHash, timingSafeEqual } from 'node:crypto';

const ENTRY = /^(sha-256|sha-512)=:([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==):$/;

/** True where a `Content-Digest` value (RFC 9530) is of these bytes by every digest in it, each of SHA-2 and none twice. */
export function isDigestOf(field: string, body: Buffer): boolean {
  const entries = field.split(/[ \t]*,[ \t]*/).map((entry) => ENTRY.exec(entry));
  const names = new Set(entries.map((entry) => entry?.[1]));
  return names.size === entries.length && entries.every((entry) => entry !== null && isEqual(createHash(entry[1]!.replace('-', '')).update(body).digest(), Buffer.from(entry[2]!, 'base64')));
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
