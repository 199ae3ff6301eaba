import { X509Certificate } from 'node:crypto';
import type { StoredAuthority } from '../../lib/contract/stored-trust-store';
import type { TrustStoreDependencies } from './publication';

/** What a comparison depends on. */
export type CheckDependencies = Pick<TrustStoreDependencies, 'privateAuthorities' | 'metrics'> & { readonly bucket: Pick<TrustStoreDependencies['bucket'], 'authorities'> };

/**
 * Compares the stored trust store with the private CAs: when its members end, and which CAs have another certificate by now.
 *
 * Nothing is replaced: whom the gateway trusts changes by deployments only.
 *
 * @throws Error where a CA cannot be read or is no good any more; the metrics of its partner stay out, and their alarm tells
 */
export async function checkAuthorities({ bucket, privateAuthorities, metrics }: CheckDependencies): Promise<void> {
  const faults: string[] = [];
  const partners = await Promise.all(Object.entries(await bucket.authorities()).map(async ([partner, stored]) => ({
    partner, stored, current: await Promise.allSettled(stored.map(({ arn, revision }) => privateAuthorities.read(arn, revision))),
  })));
  for (const { partner, stored, current } of partners) {
    const failed = current.flatMap((result) => (result.status === 'rejected' ? [String((result.reason as Error).message)] : []));
    faults.push(...failed);
    if (failed.length === 0) {
      const changed = current.filter((result, index) => result.status === 'fulfilled' && identity(result.value) !== identity(stored[index]));
      metrics.record(partner, stored, changed.length);
    }
  }
  if (faults.length > 0) {
    throw new Error(faults.join('; '));
  }
}

function identity(authority: StoredAuthority | undefined): string {
  return authority === undefined ? '' : [authority.certificate, ...authority.chain].map((pem) => new X509Certificate(pem).fingerprint256).join(' ');
}
