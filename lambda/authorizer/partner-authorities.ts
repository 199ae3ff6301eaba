import type { ClientPolicy } from '../../lib/contract/authorizer-configuration';
import type { RevocationPolicy } from '../../lib/contract/revocation-policy';
import { STORED_AUTHORITIES_VARIABLE, TRUST_STORE_OBJECT, type StoredAuthorities, type StoredAuthority } from '../../lib/contract/stored-trust-store';
import type { Clock } from '../../runtime/clock';
import { ObjectStore } from '../../runtime/object-store';

/** What a bundle of its own, which lies beside the handler only where a partner has a private CA, gives to the handler. */
export interface StoredAuthoritiesModule {
  readonly PartnerAuthorities: typeof PartnerAuthorities;
}

/** The API takes no larger trust store. */
const MAX_BYTES = 1024 * 1024;

/** Private CAs of partners, as the version of the trust store has them that the domain name has; read once, since a version never changes, and only for clients that need them. */
export class PartnerAuthorities {
  private stored?: StoredAuthorities;

  /** @param policies how certificates of partners are checked for revocation; none where those of no partner are */
  constructor(private readonly environment: Readonly<Record<string, string | undefined>>, private readonly clock: Clock, private readonly policies: readonly RevocationPolicy[] = []) {}

  /**
   * A client whose names count on certificates of its partner's private CAs too; not on those of authorities above them.
   *
   * As it is, without a read, where neither its names nor its partner's revocation lists are of private CAs: it has to be
   * admitted also while the trust store cannot be read. A text is the fault for which that is not known yet: a class of one bundle is another class in the next.
   */
  async known(client: ClientPolicy): Promise<ClientPolicy | string> {
    if (!this.isJudgedByPrivate(client)) {
      return client;
    }
    const stored = this.stored ?? await this.read();
    if (typeof stored === 'string') {
      return stored;
    }
    this.stored = stored;
    return {
      ...client,
      certificates: client.certificates?.map((policy) => (policy.privateIssuersOf === undefined ? policy : {
        ...policy, issuers: [...policy.issuers ?? [], ...ofPartner(policy.privateIssuersOf, stored).map(({ certificate }) => certificate)],
      })),
    };
  }

  /**
   * A policy of revocation with every authority up to the roots of its partner's private CAs.
   *
   * @throws Error where the partner has private CAs and no client of it is `known`: what they issued is not judged by files alone
   */
  revocation(policy: RevocationPolicy): RevocationPolicy {
    return policy.privateAuthorities ? {
      ...policy, authorities: [...policy.authorities, ...ofPartner(policy.partner, this.stored ?? {}).flatMap(({ certificate, chain }) => [certificate, ...chain])],
    } : policy;
  }

  // A thumbprint needs no authority, but the lists of its partner are signed by some.
  private isJudgedByPrivate({ certificates = [], partner }: ClientPolicy): boolean {
    return certificates.some(({ privateIssuersOf }) => privateIssuersOf !== undefined) || this.policies.some((policy) => policy.partner === partner && policy.privateAuthorities);
  }

  private async read(): Promise<StoredAuthorities | string> {
    const { [STORED_AUTHORITIES_VARIABLE]: place = '', AWS_REGION: region = '' } = this.environment;
    const slash = place.indexOf('/');
    const [bucket, versionId] = [place.slice(0, slash), place.slice(slash + 1)];
    const objects = new ObjectStore({ bucket, region, environment: this.environment, clock: this.clock, maxBytes: MAX_BYTES, timeoutMilliseconds: 3000 });
    try {
      const { status, body, tooLarge } = await objects.send({ method: 'GET', key: TRUST_STORE_OBJECT.authorities, query: { versionId } });
      return status === 200 && !tooLarge ? JSON.parse(body.toString()) as StoredAuthorities : `status ${status}`;
    } catch (error) {
      return error instanceof Error ? error.message : 'cannot be read';
    }
  }
}

function ofPartner(partner: string, stored: StoredAuthorities): readonly StoredAuthority[] {
  const authorities = Object.hasOwn(stored, partner) ? stored[partner] : undefined;
  if (authorities === undefined || authorities.length === 0) {
    throw new Error(`the stored trust store has no private CA of ${partner}`);
  }
  return authorities;
}
