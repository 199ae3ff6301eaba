import type { PublishedKey } from '../lib/contract/signing-key';
import { isJsonObject, parseJsonObject, type Json } from '../runtime/json';

/**
 * The public keys that a secret value holds; undefined where it holds no JWK Set.
 *
 * Members are copied one by one, so that nothing else that got into the secret can get out of it.
 */
export function parsePublishedKeys(secretValue: string): readonly PublishedKey[] | undefined {
  const keys = members(secretValue);
  return Array.isArray(keys) ? keys.flatMap(publishedKey) : undefined;
}

/** The keys that verify a token at a time, seconds since the epoch. */
export function keysInUse(keys: readonly PublishedKey[], now: number): readonly PublishedKey[] {
  return keys.filter(({ exp }) => exp === undefined || exp > now);
}

function members(secretValue: string): Json | undefined {
  try {
    return parseJsonObject(Buffer.from(secretValue, 'utf8')).keys;
  } catch {
    return undefined;
  }
}

function publishedKey(value: Json): readonly PublishedKey[] {
  const { kty, crv, x, y, kid, exp } = isJsonObject(value) ? value : {};
  const usable = kty === 'EC' && crv === 'P-256' && typeof x === 'string' && typeof y === 'string' && typeof kid === 'string';
  return usable ? [{ kty, crv, x, y, kid, alg: 'ES256', use: 'sig', ...(typeof exp === 'number' && { exp }) }] : [];
}
