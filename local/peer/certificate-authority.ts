import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, Extension, KeyUsageFlags, KeyUsagesExtension, PemConverter,
  SubjectAlternativeNameExtension, X509Certificate, X509CertificateGenerator, X509CrlGenerator, type JsonName,
} from '@peculiar/x509';
import { distinguishedName } from './distinguished-name';

/** A certificate and its private key, PEM. */
export interface Credential {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What a certificate says and is for. */
export interface CertificateRequest {
  /** Distinguished name, leaf first: `CN=acme,O=Acme`. */
  readonly subject: string;
  /** DNS names and URIs. */
  readonly alternativeNames?: readonly string[];
  readonly usage: 'server' | 'client';
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const CRL_NUMBER = '2.5.29.20';
const DAY_MILLIS = 86_400_000;
const LIFETIME_DAYS = 30;

/** A certificate authority that lives as long as one run: ECDSA P-256, its key never leaves the process. */
export class CertificateAuthority {
  /** Makes an authority with the given common name. */
  public static async create(commonName: string): Promise<CertificateAuthority> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      ...validity(), keys, signingAlgorithm: ALGORITHM, name: `CN=${commonName}`,
      extensions: [new BasicConstraintsExtension(true, 0, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true)],
    }, webcrypto as never);
    return new CertificateAuthority(certificate, keys.privateKey);
  }

  private listNumber = 0;

  private constructor(private readonly issuer: X509Certificate, private readonly key: CryptoKeyPair['privateKey']) {}

  /** The authority's own certificate, PEM. */
  public get certificate(): string {
    return this.issuer.toString('pem');
  }

  /** A complete revocation list of certificates, PEM, each with a number above the one before (RFC 5280, 5.2.3); DER. */
  public async revocationList(certificates: readonly string[]): Promise<Buffer> {
    const now = Date.now();
    this.listNumber += 1;
    const list = await X509CrlGenerator.create({
      issuer: this.issuer.subjectName, thisUpdate: new Date(now), nextUpdate: new Date(now + DAY_MILLIS), signingAlgorithm: ALGORITHM, signingKey: this.key,
      entries: certificates.map((pem) => ({ serialNumber: new X509Certificate(pem).serialNumber, revocationDate: new Date(now) })),
      extensions: [new Extension(CRL_NUMBER, false, Buffer.from([2, 4, 1, this.listNumber >> 16, this.listNumber >> 8, this.listNumber]))],
    }, webcrypto as never);
    return Buffer.from(list.rawData);
  }

  /** Issues a certificate with a fresh key. */
  public async issue({ subject, alternativeNames = [], usage }: CertificateRequest): Promise<Credential> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      ...validity(),
      subject: distinguishedName(subject) as JsonName,
      issuer: this.issuer.subject,
      publicKey: keys.publicKey, signingKey: this.key, signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([usage === 'server' ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth]),
        ...alternativeNames.length === 0 ? [] : [new SubjectAlternativeNameExtension(alternativeNames.map((value) => ({ type: value.includes(':') ? 'url' as const : 'dns' as const, value })))],
      ] satisfies Extension[],
    }, webcrypto as never);
    return {
      certificate: certificate.toString('pem'),
      privateKey: PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    };
  }
}

type CryptoKeyPair = { readonly privateKey: webcrypto.CryptoKey; readonly publicKey: webcrypto.CryptoKey };

async function newKeys(): Promise<CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as CryptoKeyPair;
}

function validity(): { readonly serialNumber: string; readonly notBefore: Date; readonly notAfter: Date } {
  // A positive serial number of 16 bytes (RFC 5280, 4.1.2.2).
  const serial = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)));
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  return { serialNumber: serial.toString('hex'), notBefore: new Date(Date.now() - DAY_MILLIS), notAfter: new Date(Date.now() + LIFETIME_DAYS * DAY_MILLIS) };
}
