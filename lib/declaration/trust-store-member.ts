import { demand, Refusal } from '../private/refusal';
import { partitionOf } from '../private/region-partition';
import { fileFault, readText } from '../private/text-file';
import { chainFault } from './certificate-chain';
import { authorityWeakness } from './certificate-weakness';

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const PRIVATE_AUTHORITY = /^arn:([a-z-]+):acm-pca:([a-z0-9-]+):\d{12}:certificate-authority\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Properties of a private CA as a member of a trust store. */
export interface PrivateAuthorityProps {
  /**
   * Any new text, such as `2027-03`, has the CA's certificate read again by the next deployment; one that was used before means what was read then.
   *
   * A CA whose certificate was renewed or whose chain was replaced is never taken over by itself; an alarm tells.
   *
   * @default - the certificate is read once, when the CA becomes a member
   */
  readonly revision?: string;
}

/** What issues the certificates of a partner. */
export class TrustStoreMember {
  /**
   * The authorities in a file of PEM certificates: every one of every chain, up to the root, at most four deep.
   *
   * @param file path of the file, relative to the working directory
   */
  public static fromPem(file: string): TrustStoreMember {
    return new TrustStoreMember(authoritiesIn(file), undefined, '');
  }

  /**
   * A CA of AWS Private Certificate Authority, in any account of the partition that lets the environment's account read its certificate.
   *
   * Its certificate and chain are read at deployment, checked, and stored as one version of the trust store. Only what the CA itself
   * issued is a partner's: certificates of authorities above it are not.
   *
   * @param arn `arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID`
   */
  public static privateCertificateAuthority(arn: string, props: PrivateAuthorityProps = {}): TrustStoreMember {
    const [, partition, region = ''] = PRIVATE_AUTHORITY.exec(arn) ?? [];
    demand('PRIVATE_AUTHORITY', partition !== undefined && partition === partitionOf(region), () => `'${arn}'`);
    return new TrustStoreMember([], arn, props.revision ?? '');
  }

  private constructor(
    /** The authorities of a file, one PEM certificate each; none of a private CA. */
    public readonly authorities: string[],
    /** ARN of the private CA, when it is one. */
    public readonly privateAuthorityArn: string | undefined,
    /** A new one has the certificate of a private CA read again. */
    public readonly revision: string,
  ) {}
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
