import type { KeyRevocation } from '../../lib/contract/signing-key';
import { seconds } from '../../runtime/clock';
import { newSigningKey, publicJwk } from './key-pair';
import { publishedKeys, replacePublished, type RotationDependencies } from './rotate';

/** What a revocation did: key ids. */
export interface Revoked {
  readonly revoked: readonly string[];
  readonly current: string;
}

const REASON = /^[\x20-\x7e]{10,256}$/;

/** The event as a revocation; undefined where it is none. @throws Error where it asks for something else, or gives no reason */
export function revocation(event: object): KeyRevocation | undefined {
  if (!('action' in event)) {
    return undefined;
  }
  const { action, reason } = event as Partial<Record<keyof KeyRevocation, unknown>>;
  if (action !== 'revoke' || typeof reason !== 'string' || !REASON.test(reason)) {
    throw new Error('a revocation is {"action":"revoke","reason":"…"}, with a reason of 10 to 256 printable characters');
  }
  return { action, reason };
}

/**
 * Replaces the signing key at once, and publishes no other: for a key that may have leaked.
 *
 * A pending rotation ends, because what read the current key may have read the pending one. The new key is published before it
 * signs, and the old ones go last: wherever this stops, tokens are signed with a published key, and it may be done again.
 */
export async function revoke(signingKeySecret: string, dependencies: RotationDependencies): Promise<Revoked> {
  const { store, clock } = dependencies;
  for (const [versionId, stages] of Object.entries(await store.stages(signingKeySecret))) {
    if (stages.includes('AWSPENDING') && !stages.includes('AWSCURRENT')) {
      await store.cancel(signingKeySecret, versionId);
    }
  }
  const published = await publishedKeys(dependencies);
  const key = newSigningKey(seconds(clock));
  const own = publicJwk(key.privateKey);
  await replacePublished(dependencies, () => [...published, own]);
  await store.put(signingKeySecret, JSON.stringify(key));
  await replacePublished(dependencies, () => [own]);
  return { revoked: published.map(({ kid }) => kid), current: key.kid };
}
