import { X509Certificate } from 'node:crypto';
import type { DeclaredAuthorities, StoredAuthorities } from '../../lib/contract/stored-trust-store';
import type { AuthorityMetrics } from './authority-metrics';
import type { PrivateAuthorities } from './private-authorities';
import type { StoredVersions, TrustStoreBucket } from './trust-store-bucket';

/** What storing and checking a trust store depend on. */
export interface TrustStoreDependencies {
  readonly privateAuthorities: Pick<PrivateAuthorities, 'read'>;
  readonly bucket: Pick<TrustStoreBucket, 'write' | 'authorities'>;
  readonly metrics: AuthorityMetrics;
}

/**
 * Stores what was declared as one version: the members of files, and the private CAs as they are now.
 *
 * All or nothing: where one CA cannot be read or is no good, no version is written and the one before stays in use.
 *
 * @throws Error that names the fault
 */
export async function storeTrustStore(partners: Readonly<Record<string, DeclaredAuthorities>>, { privateAuthorities, bucket, metrics }: TrustStoreDependencies): Promise<StoredVersions> {
  const stored: Record<string, StoredAuthorities[string]> = {};
  const members: string[] = [];
  for (const [partner, { Files: files = [], PrivateAuthorities: arns = [] }] of Object.entries(partners)) {
    const read = await Promise.all(arns.map((arn) => privateAuthorities.read(arn)));
    if (files.length + read.length === 0) {
      throw new Error(`partner ${partner} has no authority`);
    }
    stored[partner] = read;
    members.push(...files, ...read.flatMap(({ certificate, chain }) => [certificate, ...chain]));
  }
  if (members.length === 0) {
    throw new Error('a trust store has members');
  }
  const versions = await bucket.write(bundle(members), stored);
  for (const [partner, authorities] of Object.entries(stored)) {
    metrics.record(partner, authorities, 0);
  }
  return versions;
}

/** The gateway warns of a certificate that is there twice, as a root above two CAs is. */
function bundle(members: readonly string[]): string {
  const distinct = new Map(members.map((pem) => [new X509Certificate(pem).fingerprint256, pem]));
  return `${[...distinct.values()].join('\n')}\n`;
}
