import { X509Certificate } from 'crypto';
import { demand } from '../private/refusal';
import { CertificateRevocation } from './certificate-revocation';
import { checkedName } from './name';
import { TrustStoreMember } from './trust-store-member';

/**
 * The certificate authorities of the partners of one environment, by partner.
 *
 * The platform accepts every certificate of every member. So each partner has authorities of its own here, and the
 * authorizer accepts a consumer's certificate only from the authorities of that consumer's partner.
 */
export class TrustStore {
  /**
   * From files of PEM certificates, one per partner: every authority of every chain, up to the root, at most four deep.
   *
   * @param files path by name of the partner, relative to the working directory: `{ acme: 'certs/acme.pem' }`
   * @param revocation how certificates are revoked, by name of the partner; an environment with a partner domain needs it for every partner
   */
  public static fromPem(files: { [partner: string]: string }, revocation: { [partner: string]: CertificateRevocation } = {}): TrustStore {
    return TrustStore.of(Object.fromEntries(Object.entries(files).map(([partner, file]) => [partner, [TrustStoreMember.fromPem(file)]])), revocation);
  }

  /**
   * From files and private CAs, several of a partner where one replaces the other.
   *
   * @param members by name of the partner: `{ acme: [TrustStoreMember.privateCertificateAuthority('arn:aws:acm-pca:…')] }`
   * @param revocation how certificates are revoked, by name of the partner; an environment with a partner domain needs it for every partner
   */
  public static of(members: { [partner: string]: TrustStoreMember[] }, revocation: { [partner: string]: CertificateRevocation } = {}): TrustStore {
    demand('TRUST_STORE', Object.keys(members).length > 0, () => 'no partner');
    for (const [partner, own] of Object.entries(members)) demand('TRUST_STORE', own.length > 0, () => `no authority of '${partner}'`);
    const store = new TrustStore(new Map(Object.entries(members).map(([partner, own]) => [checkedName(partner), own])), new Map(Object.entries(revocation)));
    for (const [partner, declared] of Object.entries(revocation)) checkRevocation(store, partner, declared);
    return store;
  }

  private constructor(private readonly byPartner: ReadonlyMap<string, TrustStoreMember[]>, private readonly revocation: ReadonlyMap<string, CertificateRevocation>) {}

  /** Names of the partners. */
  public get partners(): string[] {
    return [...this.byPartner.keys()];
  }

  /** How certificates of a partner are revoked; undefined where that was not said. */
  public revocationOf(partner: string): CertificateRevocation | undefined {
    return this.revocation.get(partner);
  }

  /** The members that came in files, one PEM certificate each. */
  public get authorities(): string[] {
    return this.partners.flatMap((partner) => this.authoritiesOf(partner));
  }

  /** The authorities of one partner that came in files, one PEM certificate each. */
  public authoritiesOf(partner: string): string[] {
    return this.membersOf(partner).flatMap(({ authorities }) => authorities);
  }

  /** ARNs of the private CAs, whose certificates are known at deployment only. */
  public get privateAuthorities(): string[] {
    return [...new Set(this.partners.flatMap((partner) => this.privateAuthoritiesOf(partner)))];
  }

  /** ARNs of the private CAs of one partner. */
  public privateAuthoritiesOf(partner: string): string[] {
    return [...new Set(this.membersOf(partner).flatMap(({ privateAuthorityArn }) => privateAuthorityArn ?? []))];
  }

  /** What was declared to have each private CA of one partner read again, in their order; empty where nothing was. */
  public privateRevisionsOf(partner: string): string[] {
    return this.privateAuthoritiesOf(partner).map((arn) => this.membersOf(partner).filter(({ privateAuthorityArn }) => privateAuthorityArn === arn).map(({ revision }) => revision).join(' ').trim());
  }

  /** Members of one partner; none of a partner that is not here. */
  public membersOf(partner: string): TrustStoreMember[] {
    return this.byPartner.get(partner) ?? [];
  }

  /** SHA-256 fingerprints of the members that came in files. */
  public get fingerprints(): string[] {
    return this.authorities.map((authority) => new X509Certificate(authority).fingerprint256);
  }

  /** The members that came in files, concatenated PEM. */
  public get pem(): string {
    return `${this.authorities.join('\n')}\n`;
  }
}

/** Certificates of one key are one authority: it publishes one list. How many are above a private CA is not known here. */
function checkRevocation(store: TrustStore, partner: string, { urls, notCheckedReason }: CertificateRevocation): void {
  const [authorities, privateAuthorities] = [store.authoritiesOf(partner), store.privateAuthoritiesOf(partner)];
  demand('REVOCATION_LIST', store.membersOf(partner).length > 0, () => `lists of '${partner}', which has no authorities`);
  const keys = new Set(authorities.map((pem) => new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' }).toString('hex')));
  const least = keys.size + privateAuthorities.length;
  const enough = privateAuthorities.length === 0 ? urls.length === least : urls.length >= least;
  demand('REVOCATION_LIST', notCheckedReason !== undefined || enough, () => `${urls.length} for ${least} of '${partner}'`);
}
