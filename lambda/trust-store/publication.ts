import { X509Certificate } from 'node:crypto';
import type { DeclaredAuthorities, StoredAuthorities, StoredAuthority } from '../../lib/contract/stored-trust-store';
import type { AuthorityMetrics } from './authority-metrics';
import type { PermissionWait } from './permission-wait';
import type { PrivateAuthorities } from './private-authorities';
import type { StoredVersions, TrustStoreBucket } from './trust-store-bucket';

/** What storing and checking a trust store depend on. */
export interface TrustStoreDependencies {
  readonly privateAuthorities: Pick<PrivateAuthorities, 'read'>;
  readonly bucket: Pick<TrustStoreBucket, 'write' | 'authorities' | 'history'>;
  readonly wait: PermissionWait;
  readonly metrics: AuthorityMetrics;
}

/**
 * Stores what was declared as one version: the members of files, and the private CAs.
 *
 * A CA whose ARN and revision were stored before is taken from there, also where it has ended by now, so that nothing is taken over by
 * itself and one partner's CA is in nobody else's way. All or nothing: where a CA that has to be read cannot be, or is no good, no
 * version is written and the one before stays in use.
 *
 * @param isFirst whether nothing was stored before
 * @throws Error that names the fault
 */
export async function storeTrustStore(partners: Readonly<Record<string, DeclaredAuthorities>>, isFirst: boolean, { privateAuthorities, bucket, metrics }: TrustStoreDependencies): Promise<StoredVersions> {
  const stored: Record<string, StoredAuthorities[string]> = {};
  const members: string[] = [];
  const { version, known } = isFirst ? { version: undefined, known: new Map<string, StoredAuthority>() } : await storedBefore(partners, bucket);
  const current = await Promise.all(Object.entries(partners).map(async ([partner, declared]) => {
    const own = await Promise.all(privateMembers(declared).map(({ arn, revision }) => known.get(key(partner, arn, revision)) ?? privateAuthorities.read(arn, revision)));
    return { partner, files: declared.Files ?? [], read: own };
  }));
  for (const { partner, files, read } of current) {
    if (files.length + read.length === 0) {
      throw new Error(`partner ${partner} has no authority`);
    }
    stored[partner] = read;
    members.push(...files, ...read.flatMap(({ certificate, chain }) => [certificate, ...chain]));
  }
  if (members.length === 0) {
    throw new Error('a trust store has members');
  }
  const versions = await bucket.write(bundle(members), stored, version);
  for (const [partner, authorities] of Object.entries(stored)) {
    metrics.record(partner, authorities, 0);
  }
  return versions;
}

/** What is declared, as it was stored last, and the version that was stored last; older versions are read for what is in no later one, as a rollback needs. */
async function storedBefore(partners: Readonly<Record<string, DeclaredAuthorities>>, bucket: TrustStoreDependencies['bucket']): Promise<{ readonly version?: string; readonly known: ReadonlyMap<string, StoredAuthority> }> {
  const wanted = new Set(Object.entries(partners).flatMap(([partner, declared]) => privateMembers(declared).map(({ arn, revision }) => key(partner, arn, revision))));
  const known = new Map<string, StoredAuthority>();
  let last: string | undefined;
  for await (const { version, authorities } of bucket.history()) {
    last ??= version;
    for (const [partner, stored] of Object.entries(authorities)) {
      for (const authority of stored) {
        const name = key(partner, authority.arn, authority.revision);
        if (wanted.delete(name)) {
          known.set(name, authority);
        }
      }
    }
    if (wanted.size === 0) {
      break;
    }
  }
  return { version: last, known };
}

function privateMembers({ PrivateAuthorities: arns = [], Revisions: revisions = [] }: DeclaredAuthorities): { readonly arn: string; readonly revision: string }[] {
  return arns.map((arn, index) => ({ arn, revision: revisions[index] ?? '' }));
}

function key(partner: string, arn: string, revision: string): string {
  return JSON.stringify([partner, arn, revision]);
}

/** The gateway warns of a certificate that is there twice, as a root above two CAs is. */
function bundle(members: readonly string[]): string {
  const distinct = new Map(members.map((pem) => [new X509Certificate(pem).fingerprint256, pem]));
  return `${[...distinct.values()].join('\n')}\n`;
}
