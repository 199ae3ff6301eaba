/** The file beside the authorizer's handler that reads revocation lists; only where a partner's certificates are checked against one. */
export const REVOCATION_READER_FILE = 'revocation-reader.js';

/** Where the authorizer learns which certificates of one partner were revoked (CRLs, RFC 5280 section 5). */
export interface RevocationPolicy {
  readonly partner: string;
  /** The partner's authorities, PEM: who may have signed its lists. */
  readonly authorities: readonly string[];
  /** True where the partner's private CAs may have signed one too, and those above them: they are in the stored trust store. */
  readonly privateAuthorities?: boolean;
  /** Where the lists are, https URLs; one for each authority. */
  readonly lists: readonly string[];
  /** Age from which a list is read again, and so the longest time that a revoked certificate is accepted after the list says so. */
  readonly refreshSeconds: number;
  /** How long the last list is used while it cannot be read again; never past its own `nextUpdate`. */
  readonly usableThroughOutageSeconds: number;
  /** Longest time since a list was made, whatever its `nextUpdate`; that alone ends it where absent. */
  readonly maxAgeSeconds?: number;
}
