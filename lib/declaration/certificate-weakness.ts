import { X509Certificate } from 'crypto';

const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

/** RSA and ECDSA with SHA-256, SHA-384 or SHA-512, as DER object identifiers (RFC 4055, RFC 5758). */
const SIGNATURES = new Set(['2a864886f70d01010b', '2a864886f70d01010c', '2a864886f70d01010d', '2a8648ce3d040302', '2a8648ce3d040303', '2a8648ce3d040304']);

/** Why a PEM certificate is not fit to be a partner authority; undefined when it is. */
export function authorityWeakness(pem: string): string | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return 'not a certificate';
  }
  if (!certificate.ca) return 'not a certificate authority';
  if (new Date(certificate.validTo).getTime() < Date.now()) return `expired on ${certificate.validTo}`;
  return keyWeakness(certificate) ?? (SIGNATURES.has(signatureAlgorithm(certificate.raw)) ? undefined : 'a signature without SHA-2');
}

function keyWeakness({ publicKey }: X509Certificate): string | undefined {
  const { modulusLength = 0, namedCurve = 'an unnamed curve' } = publicKey.asymmetricKeyDetails ?? {};
  switch (publicKey.asymmetricKeyType) {
    case 'rsa': return modulusLength < 2048 ? `an RSA key of ${modulusLength} bits` : undefined;
    case 'ec': return CURVES.includes(namedCurve) ? undefined : `an EC key on ${namedCurve}`;
    default: return `a key of type ${publicKey.asymmetricKeyType}`;
  }
}

// Node.js names the algorithm from release 24 only: Certificate ::= SEQUENCE { tbsCertificate, SEQUENCE { OBJECT IDENTIFIER … } … }
function signatureAlgorithm(der: Buffer): string {
  const signed = element(der, element(der, 0).start);
  const identifier = element(der, element(der, signed.end).start);
  return der.subarray(identifier.start, identifier.end).toString('hex');
}

/** Where the content of a DER element starts and ends. */
function element(der: Buffer, at: number): { start: number; end: number } {
  const length = der[at + 1] ?? 0;
  const octets = length < 0x80 ? 0 : length & 0x7f;
  const start = at + 2 + octets;
  return { start, end: start + (octets === 0 ? length : der.readUIntBE(at + 2, octets)) };
}
