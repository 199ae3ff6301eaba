import type { RevocationPolicy } from '../../lib/contract/revocation-policy';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import type { DocumentReader } from '../../runtime/https-document';
import { Refreshed } from '../../runtime/refreshed';
import { Refusal } from '../../runtime/refusal';
import { BoundedCache } from './bounded-cache';
import type { ClientCertificate } from './client-certificate';
import { readRevocationList, type RevocationList } from './revocation-list';
import { revocationPath, type PathLink } from './revocation-path';

/** What checks of revocation depend on. */
export interface RevocationChecksProps {
  /** One for each partner whose certificates are checked. */
  readonly policies: readonly RevocationPolicy[];
  /** The private CAs of partners; asked with the first certificate of a partner that has some, and never for another. */
  readonly stored?: StoredRevocation;
  readonly read: DocumentReader;
  readonly clock: Clock;
  /** Told of each list that could not be read or was not good. */
  readonly onFailure?: (failure: DependencyFailure) => void;
}

/** Policies with authorities that are known at run time only; throws while they are not. */
export interface StoredRevocation {
  revocation(policy: RevocationPolicy): RevocationPolicy;
}

/** Shortest time between two reads that a list past its end asks for, in seconds. */
const ENDED_PAUSE_SECONDS = 10;
const RETRY_SECONDS = 1;
const MAX_REMEMBERED_PATHS = 1000;
const FOREVER = Number.POSITIVE_INFINITY;

interface Partner {
  readonly policy: RevocationPolicy;
  readonly lists: readonly Refreshed<RevocationList>[];
}

/**
 * Refuses certificates that their authority revoked (RFC 5280 section 6.3), and those of which it cannot be known.
 *
 * Every certificate of the path is looked up, in a list that is in force and not older than declared. A client is judged by the authorities
 * and lists of its own partner: where those cannot be had it is refused, and clients of others do not notice, also not of one whose
 * authority is below or above it. Lists come from the declared URLs only, never from one that a certificate names.
 */
export class RevocationChecks {
  private readonly partners = new Map<string, Partner>();
  private readonly paths = new BoundedCache<readonly PathLink[]>(MAX_REMEMBERED_PATHS);

  constructor(private readonly props: RevocationChecksProps) {}

  /**
   * Nothing where that is known at once, which it is but for one request in each time that a list is read.
   *
   * @param partner of the client that presents it
   * @param notRevocable that a certificate is accepted of which the partner has no list: only where a recorded exception says so, as one
   * that is known by its thumbprint may be of an authority below the trust store, of which nobody reads a list
   * @throws Refusal `certificate_revoked`, `revocation_unknown`, at once or by the promise
   */
  requireUnrevoked(certificate: ClientCertificate, partner: string | undefined, notRevocable = false): Promise<void> | undefined {
    const own = this.partner(partner);
    const path = own ? this.path(own, certificate) : [];
    if (!own || path.length === 0) {
      if (!notRevocable) {
        throw new Refusal('revocation_unknown', 'no list is declared for its issuer');
      }
      return undefined;
    }
    const lists = own.lists.map((list) => list.fresh());
    if (lists.every((list) => list !== undefined && this.inForce(list))) {
      return judge(path, lists as readonly RevocationList[]);
    }
    return this.awaited(own, path);
  }

  private async awaited({ lists }: Partner, links: readonly PathLink[]): Promise<void> {
    const settled = await Promise.allSettled(lists.map((list) => this.current(list)));
    const failure = settled.find((result) => result.status === 'rejected')?.reason as unknown;
    judge(links, settled.flatMap((result) => result.status === 'fulfilled' ? [result.value] : []), failure instanceof DependencyFailure ? failure.message : undefined);
  }

  private async current(list: Refreshed<RevocationList>): Promise<RevocationList> {
    const held = await list.value();
    const current = this.inForce(held) ? held : await list.renewed(ENDED_PAUSE_SECONDS);
    if (!this.inForce(current)) {
      throw new DependencyFailure('revocation list', `good until ${new Date(current.nextUpdate).toISOString()}`);
    }
    return current;
  }

  private inForce({ nextUpdate }: RevocationList): boolean {
    return this.props.clock() <= nextUpdate;
  }

  // Nothing is remembered of a partner whose private CAs are not known.
  private partner(name: string | undefined): Partner | undefined {
    const declared = this.props.policies.find(({ partner }) => partner === name);
    if (declared === undefined) {
      return undefined;
    }
    const known = this.partners.get(declared.partner);
    if (known !== undefined) {
      return known;
    }
    const policy = this.props.stored?.revocation(declared) ?? declared;
    const made = { policy, lists: policy.lists.map((url) => this.list(policy, new URL(url))) };
    this.partners.set(policy.partner, made);
    return made;
  }

  // A certificate is what its thumbprint says, so its signatures are verified once for each partner whose client presents it.
  private path({ policy: { partner, authorities } }: Partner, { thumbprint, pem }: ClientCertificate): readonly PathLink[] {
    const key = `${partner} ${thumbprint}`;
    const known = this.paths.get(key, 0);
    if (known !== undefined) {
      return known;
    }
    const found = revocationPath(pem, authorities);
    this.paths.set(key, found, FOREVER);
    return found;
  }

  private list({ authorities, refreshSeconds, usableThroughOutageSeconds, maxAgeSeconds = FOREVER }: RevocationPolicy, url: URL): Refreshed<RevocationList> {
    let newest: RevocationList | undefined;
    const load = async (): Promise<RevocationList> => {
      const document = await this.props.read(url);
      const list = this.parsed(url, document, authorities, maxAgeSeconds);
      // An older list, replayed, would forget what was revoked since.
      if (newest && newest.issuer === list.issuer && (list.number < newest.number || list.thisUpdate < newest.thisUpdate)) {
        throw new DependencyFailure(url.host, 'the CRL is older than the one before');
      }
      newest = list;
      return list;
    };
    const freshness = { freshSeconds: refreshSeconds, staleSeconds: usableThroughOutageSeconds, retrySeconds: RETRY_SECONDS };
    return new Refreshed(url.host, load, freshness, this.props.clock, this.props.onFailure);
  }

  // Past its declared age a list is as good as past its next update: with none held to compare it with, it may be an old one, replayed.
  private parsed(url: URL, document: Buffer, authorities: readonly string[], maxAgeSeconds: number): RevocationList {
    try {
      const list = readRevocationList(document, authorities, this.props.clock());
      const nextUpdate = Math.min(list.nextUpdate, list.thisUpdate + maxAgeSeconds * 1000);
      if (nextUpdate < this.props.clock()) {
        throw new Error(`it was made on ${new Date(list.thisUpdate).toISOString()}`);
      }
      return { ...list, nextUpdate };
    } catch (error) {
      throw new DependencyFailure(url.host, `the CRL is not good: ${error instanceof Error ? error.message : 'it cannot be read'}`);
    }
  }
}

/** @throws Refusal */
function judge(links: readonly PathLink[], lists: readonly RevocationList[], fault = 'an authority of the path has no list'): undefined {
  for (const { serial, issuer } of links) {
    if (lists.some((list) => list.issuer === issuer && list.revoked.has(serial))) {
      throw new Refusal('certificate_revoked');
    }
  }
  if (!links.every(({ issuer }) => lists.some((list) => list.issuer === issuer))) {
    throw new Refusal('revocation_unknown', fault);
  }
}
