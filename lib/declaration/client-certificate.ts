import { demand } from '../private/refusal';

/** How a client's certificate is recognised, beyond being issued by a member of the trust store. */
export class ClientCertificate {
  /** By its distinguished name, leaf first (RFC 4514): `CN=client.acme.example,O=Acme`. */
  public static bySubject(distinguishedName: string): ClientCertificate {
    return new ClientCertificate(distinguishedName, undefined, undefined);
  }

  /** By a DNS or URI subject alternative name. */
  public static bySubjectAlternativeName(name: string): ClientCertificate {
    return new ClientCertificate(undefined, name, undefined);
  }

  /** By the SHA-256 thumbprint of the DER certificate, 64 hexadecimal digits. */
  public static byThumbprint(sha256: string): ClientCertificate {
    const digits = sha256.replace(/:/g, '').toLowerCase();
    demand('CERTIFICATE_THUMBPRINT', /^[0-9a-f]{64}$/.test(digits), () => `'${sha256}'`);
    return new ClientCertificate(undefined, undefined, digits);
  }

  private constructor(
    /** Distinguished name, when it is recognised by that. */
    public readonly subject: string | undefined,
    /** DNS or URI subject alternative name, when it is recognised by that. */
    public readonly subjectAlternativeName: string | undefined,
    /** Thumbprint in lower-case hexadecimal digits, when it is recognised by that. */
    public readonly sha256: string | undefined,
  ) {}
}
