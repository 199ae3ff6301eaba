import { readFileSync } from 'fs';
import { demand } from '../private/refusal';
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
    let pem: string;
    try {
      pem = readFileSync(file, 'utf8');
    } catch {
      pem = '';
    }
    const certificates = pem.match(PEM) ?? [];
    demand('TRUST_STORE', certificates.length > 0, () => `no certificate in '${file}'`);
    certificates.forEach((certificate, index) => checkAuthority(certificate, `certificate ${index + 1} of '${file}'`));
    return new TrustStore(`${certificates.map((certificate) => certificate.replace(/\r/g, '')).join('\n')}\n`);
  }

  private constructor(
    /** The members, concatenated PEM. */
    public readonly pem: string,
  ) {}
}

function checkAuthority(pem: string, place: string): void {
  const found = authorityWeakness(pem);
  demand('TRUST_STORE', found === undefined, () => `${place}: ${found}`);
}
