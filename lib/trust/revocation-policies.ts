import { readFileSync } from 'fs';
import { REVOCATION_READER_FILE, RevocationPolicy } from '../contract/revocation-policy';
import { TrustStore } from '../declaration/trust-store';
import { packagedFile } from '../private/packaged-file';

/** How certificates of partners are checked for revocation; nothing where those of no partner are. */
export function revocationPolicies(trustStore: TrustStore | undefined): { readonly revocation?: RevocationPolicy[] } {
  const revocation = (trustStore?.partners ?? []).flatMap((partner): RevocationPolicy[] => {
    const declared = trustStore?.revocationOf(partner);
    return declared === undefined || declared.urls.length === 0 ? [] : [{
      partner,
      authorities: trustStore?.authoritiesOf(partner) ?? [],
      ...((trustStore?.privateAuthoritiesOf(partner).length ?? 0) > 0 && { privateAuthorities: true }),
      lists: declared.urls,
      refreshSeconds: declared.refreshEvery.toSeconds(),
      usableThroughOutageSeconds: declared.usableThroughOutage.toSeconds(),
      ...(declared.maxAge && { maxAgeSeconds: declared.maxAge.toSeconds() }),
    }];
  });
  return revocation.length === 0 ? {} : { revocation };
}

/** What reads revocation lists, to lie beside the authorizer's handler. */
export function revocationReaderFile(): { [name: string]: Buffer } {
  return { [REVOCATION_READER_FILE]: readFileSync(packagedFile(`handlers/authorizer/${REVOCATION_READER_FILE}`)) };
}
