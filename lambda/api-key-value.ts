import { createHash } from 'node:crypto';

/** 32 random bytes in base64url between a prefix and a checksum: a secret scanner can tell a key from chance, and nothing about it. */
const SHAPE = /^ak_([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{6})$/;

/** The API key of 32 random bytes. */
export function apiKey(random: Buffer): string {
  const text = random.toString('base64url');
  return `ak_${text}${checksum(text)}`;
}

/** True for what `apiKey` makes: the placeholder of a secret that was never rotated is none. */
export function isApiKey(text: string): boolean {
  const [, random = '', sum] = SHAPE.exec(text) ?? [];
  return sum !== undefined && sum === checksum(random);
}

function checksum(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('base64url').slice(0, 6);
}
