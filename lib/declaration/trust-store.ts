import { X509Certificate } from 'crypto';
import { readFileSync } from 'fs';
import { demand } from '../private/refusal';

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const WEAK_SIGNATURE = /md5|sha1/i;

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
  const found = weakness(pem);
  demand('TRUST_STORE', found === undefined, () => `${place}: ${found}`);
}

function weakness(pem: string): string | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return 'not a certificate';
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (!certificate.ca) return 'not a certificate authority';
  if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) < 2048) return `an RSA key of ${asymmetricKeyDetails?.modulusLength} bits`;
  if (asymmetricKeyType !== 'rsa' && asymmetricKeyType !== 'ec') return `a key of type ${asymmetricKeyType}`;
  const signature = (certificate as { signatureAlgorithm?: string }).signatureAlgorithm;
  if (signature !== undefined && WEAK_SIGNATURE.test(signature)) return `a ${signature} signature`;
  return undefined;
}
