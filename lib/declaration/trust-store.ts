import { X509Certificate } from 'crypto';
import { Refusal, demand } from '../private/refusal';
import { fileFault, readText } from '../private/text-file';
import { CertificateRevocation } from './certificate-revocation';
import { chainFault } from './certificate-chain';
import { authorityWeakness } from './certificate-weakness';
import { checkedName } from './name';

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

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
    demand('TRUST_STORE', Object.keys(files).length > 0, () => 'no partner');
    const store = new TrustStore(new Map(Object.entries(files).map(([partner, file]) => [checkedName(partner), authoritiesIn(file)])), new Map(Object.entries(revocation)));
    for (const [partner, declared] of Object.entries(revocation)) checkRevocation(store, partner, declared);
    return store;
  }

  private constructor(private readonly byPartner: ReadonlyMap<string, string[]>, private readonly revocation: ReadonlyMap<string, CertificateRevocation>) {}

  /** Names of the partners. */
  public get partners(): string[] {
    return [...this.byPartner.keys()];
  }

  /** How certificates of a partner are revoked; undefined where that was not said. */
  public revocationOf(partner: string): CertificateRevocation | undefined {
    return this.revocation.get(partner);
  }

  /** The members, one PEM certificate each. */
  public get authorities(): string[] {
    return [...this.byPartner.values()].flat();
  }

  /** The authorities of one partner, one PEM certificate each; none of a partner that is not here. */
  public authoritiesOf(partner: string): string[] {
    return this.byPartner.get(partner) ?? [];
  }

  /** SHA-256 fingerprints of the members. */
  public get fingerprints(): string[] {
    return this.authorities.map((authority) => new X509Certificate(authority).fingerprint256);
  }

  /** The members, concatenated PEM. */
  public get pem(): string {
    return `${this.authorities.join('\n')}\n`;
  }
}

/** Certificates of one key are one authority: it publishes one list. */
function checkRevocation(store: TrustStore, partner: string, { urls, notCheckedReason }: CertificateRevocation): void {
  const authorities = store.authoritiesOf(partner);
  demand('REVOCATION_LIST', authorities.length > 0, () => `lists of '${partner}', which has no authorities`);
  const keys = new Set(authorities.map((pem) => new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' }).toString('hex')));
  demand('REVOCATION_LIST', notCheckedReason !== undefined || urls.length === keys.size, () => `${urls.length} for ${keys.size} of '${partner}'`);
}

function authoritiesIn(file: string): string[] {
  const certificates = readPem(file).match(PEM) ?? [];
  demand('TRUST_STORE', certificates.length > 0, () => `no certificate in '${file}'`);
  const authorities = certificates.map((certificate) => certificate.replace(/\r/g, ''));
  authorities.forEach((authority, index) => checkAuthority(authority, authorities, `certificate ${index + 1} of '${file}'`));
  return authorities;
}

function readPem(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    throw new Refusal('TRUST_STORE', fileFault(file, error));
  }
}

function checkAuthority(pem: string, all: readonly string[], place: string): void {
  const found = authorityWeakness(pem) ?? chainFault(pem, all);
  demand('TRUST_STORE', found === undefined, () => `${place}: ${found}`);
}
