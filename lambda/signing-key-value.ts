import type { SigningKey } from '../lib/contract/signing-key';
import { parseJsonObject } from '../runtime/json';

/** The signing key that a secret value holds; undefined for the placeholder of a secret that was never rotated, and for anything else. */
export function parseSigningKey(secretValue: string): SigningKey | undefined {
  const value = parsed(secretValue);
  const { kid, alg, privateKey, notBefore } = value ?? {};
  const holds = typeof kid === 'string' && kid !== '' && alg === 'ES256' && typeof privateKey === 'string'
    && (notBefore === undefined || typeof notBefore === 'number');
  return holds ? { kid, alg, privateKey, ...(notBefore === undefined ? {} : { notBefore }) } : undefined;
}

function parsed(text: string) {
  try {
    return parseJsonObject(Buffer.from(text, 'utf8'));
  } catch {
    return undefined;
  }
}
