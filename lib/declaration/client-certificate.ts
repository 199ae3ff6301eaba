import { X509Certificate } from 'crypto';
import { demand, Refusal } from '../private/refusal';
import { fileFault, readText } from '../private/text-file';

/** How a client's certificate is recognised, beyond being issued by a member of the trust store. */
export class ClientCertificate {
  /** By its distinguished name, leaf first (RFC 4514): `CN=client.acme.example,O=Acme`. */
  public static bySubject(distinguishedName: string): ClientCertificate {
    return new ClientCertificate(distinguishedName, undefined, undefined, undefined);
  }

  /** By a DNS or URI subject alternative name. */
  public static bySubjectAlternativeName(name: string): ClientCertificate {
    return new ClientCertificate(undefined, name, undefined, undefined);
  }

  /** By the SHA-256 thumbprint of the DER certificate, 64 hexadecimal digits. */
  public static byThumbprint(sha256: string): ClientCertificate {
    const digits = sha256.replace(/:/g, '').toLowerCase();
    demand('CERTIFICATE_THUMBPRINT', /^[0-9a-f]{64}$/.test(digits), () => `'${sha256}'`);
    return new ClientCertificate(undefined, undefined, digits, undefined);
  }

  /**
   * By the certificate in a PEM file, and by no other: as by its thumbprint, with an alarm before it ends.
   *
   * @param file path of the file, relative to the working directory; it holds one certificate and no key
   */
  public static fromPem(file: string): ClientCertificate {
    const pem = singleCertificate(file);
    const { fingerprint256, validTo } = new X509Certificate(pem);
    demand('CLIENT_CERTIFICATE', Date.parse(validTo) > Date.now(), () => `'${file}', which expired on ${validTo}`);
    return new ClientCertificate(undefined, undefined, fingerprint256.replaceAll(':', '').toLowerCase(), pem);
  }

  private constructor(
    /** Distinguished name, when it is recognised by that. */
    public readonly subject: string | undefined,
    /** DNS or URI subject alternative name, when it is recognised by that. */
    public readonly subjectAlternativeName: string | undefined,
    /** Thumbprint in lower-case hexadecimal digits, when it is recognised by that. */
    public readonly sha256: string | undefined,
    /** The certificate itself, PEM, when it was declared. */
    public readonly pem: string | undefined,
  ) {}
}

function singleCertificate(file: string): string {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    throw new Refusal('CLIENT_CERTIFICATE', fileFault(file, error));
  }
  const [pem = '', ...more] = text.match(/-----BEGIN [A-Z0-9 ]+-----[A-Za-z0-9+/=\s]+-----END [A-Z0-9 ]+-----/g) ?? [];
  demand('CLIENT_CERTIFICATE', pem.startsWith('-----BEGIN CERTIFICATE-----') && more.length === 0 && isCertificate(pem), () => `'${file}' without exactly one`);
  return pem.replace(/\r/g, '');
}

function isCertificate(pem: string): boolean {
  try {
    return !new X509Certificate(pem).ca;
  } catch {
    return false;
  }
}
