import { X509Certificate } from 'crypto';
import { Refusal, demand } from '../private/refusal';
import { fileFault, readText } from '../private/text-file';
import { chainFault } from './certificate-chain';
import { authorityWeakness } from './certificate-weakness';

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/**
 * The certificate authorities whose clients a partner domain accepts.
 *
 * Any certificate of any member is accepted by the platform, so use authorities dedicated to partners; which
 * certificate belongs to which consumer is decided by the authorizer.
 */
export class TrustStore {
  /**
   * From a file of PEM certificates: every authority of every chain, up to the root, at most four deep.
   *
   * @param file path, relative to the working directory
   */
  public static fromPem(file: string): TrustStore {
    const certificates = readPem(file).match(PEM) ?? [];
    demand('TRUST_STORE', certificates.length > 0, () => `no certificate in '${file}'`);
    const authorities = certificates.map((certificate) => certificate.replace(/\r/g, ''));
    authorities.forEach((authority, index) => checkAuthority(authority, authorities, `certificate ${index + 1} of '${file}'`));
    return new TrustStore(authorities);
  }

  private constructor(
    /** The members, one PEM certificate each. */
    public readonly authorities: string[],
  ) {}

  /** SHA-256 fingerprints of the members. */
  public get fingerprints(): string[] {
    return this.authorities.map((authority) => new X509Certificate(authority).fingerprint256);
  }

  /** The members, concatenated PEM. */
  public get pem(): string {
    return `${this.authorities.join('\n')}\n`;
  }
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
