import type { PublishedKey, SigningKey } from '../../lib/contract/signing-key';
import { keysInUse } from '../published-key-set';
import { publicJwk } from './key-pair';

/** The published keys with the given ones among them: verifiers have to know a key before it signs. */
export function withPublished(published: readonly PublishedKey[], signingKeys: readonly SigningKey[], now: number): readonly PublishedKey[] {
  const wanted = signingKeys.map(({ privateKey }) => publicJwk(privateKey));
  const others = published.filter(({ kid }) => !wanted.some((key) => key.kid === kid));
  return [...keysInUse(others, now), ...wanted];
}

/**
 * The published keys once `current` signs: each other key expires when the last token that it signed has.
 *
 * @param now seconds since the epoch
 * @param overlapSeconds from the moment the current key signs to the end of the last token of another
 */
export function withRetired(published: readonly PublishedKey[], current: SigningKey, now: number, overlapSeconds: number): readonly PublishedKey[] {
  const retiresAt = Math.max(current.notBefore ?? now, now) + overlapSeconds;
  return keysInUse(published, now).map((key) => key.kid === current.kid ? key : { ...key, exp: key.exp ?? retiresAt });
}
