import { connect, type TLSSocket } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { X509Certificate as ParsedCertificate } from '@peculiar/x509';
import type { HandshakeProbe } from './assessment-case';
import { failureName, isUnreachable } from './connection-failure';
import { Untestable, type CertificatePair, type Endpoint } from './target';

/** What came of a handshake. */
export interface Handshake {
  readonly holds: boolean;
  readonly got: string;
}

const TIMEOUT_MILLISECONDS = 10_000;
const DAY = 24 * 60 * 60 * 1000;
/** A certificate that ends sooner is as good as gone: nobody has begun to replace it. */
const LEAST_DAYS_LEFT = 7;
/** This machine cannot ask. */
const UNABLE = ['ERR_SSL_NO_PROTOCOLS_AVAILABLE', 'ERR_SSL_NO_CIPHERS_AVAILABLE', 'ERR_SSL_NO_CIPHER_MATCH', 'ERR_TLS_INVALID_PROTOCOL_VERSION', 'ERR_SSL_UNSUPPORTED_PROTOCOL'];
/** AES-GCM with a key of this connection only; every suite of TLS 1.3 has one. */
const STRONG_SUITE = /^TLS_AES_(?:128|256)_GCM|^ECDHE-(?:RSA|ECDSA)-AES(?:128|256)-GCM/;
const LEAST_RSA_BITS = 2048;
const STRONG_HASHES = ['SHA-256', 'SHA-384', 'SHA-512'];
const STRONG_CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

/** Makes a handshake and judges it. @throws Untestable where this machine cannot make it */
export async function handshake(probe: HandshakeProbe, endpoint: Endpoint, certificate?: CertificatePair): Promise<Handshake> {
  let socket: TLSSocket;
  try {
    socket = await connected(probe, endpoint, certificate);
  } catch (error) {
    const name = failureName(error);
    if (UNABLE.includes(name)) throw new Untestable(`the TLS library of this machine does not offer it (${name})`);
    return { holds: probe.expected === 'refused' && !isUnreachable(error), got: `refused: ${name}` };
  }
  try {
    return judged(probe, socket);
  } finally {
    socket.destroy();
  }
}

function connected({ version, ciphers, expected }: HandshakeProbe, endpoint: Endpoint, certificate?: CertificatePair): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    // Offering what is old or weak needs a lower security level on this side.
    const offered = ciphers ?? (version === 'TLSv1' || version === 'TLSv1.1' ? 'DEFAULT:@SECLEVEL=0' : undefined);
    const socket = connect({
      host: endpoint.address, port: endpoint.port, servername: endpoint.hostName, ca: endpoint.certificateAuthority, ...certificate,
      // Who a server is, is one case; what it speaks are others.
      rejectUnauthorized: expected === 'trusted certificate',
      ...version !== undefined && { minVersion: version, maxVersion: version },
      ...offered !== undefined && { ciphers: offered },
    });
    socket.setTimeout(TIMEOUT_MILLISECONDS, () => socket.destroy(Object.assign(new Error('no handshake in time'), { code: 'ETIMEDOUT' })));
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed during the handshake'), { code: 'ECONNRESET' })));
  });
}

function judged({ expected }: HandshakeProbe, socket: TLSSocket): Handshake {
  const spoken = `${socket.getProtocol() ?? ''} ${socket.getCipher().name}`;
  if (expected === 'refused') return { holds: false, got: `accepted: ${spoken}` };
  if (expected === 'accepted') return { holds: true, got: spoken };
  if (expected === 'strong suite') return { holds: STRONG_SUITE.test(socket.getCipher().name), got: spoken };
  const chain = chainOf(socket);
  if (expected === 'certificate in time') return inTime(chain);
  if (expected === 'trusted certificate') return { holds: socket.authorized, got: `trusted, ${chain.length} of the chain shown` };
  const weaknesses = chain.flatMap(weaknessesOf);
  return { holds: chain.length > 0 && weaknesses.length === 0, got: weaknesses.length > 0 ? weaknesses.join('; ') : chain.map(({ publicKey }) => strengthOf(publicKey)).join(', ') };
}

/** What the server shows. The signature of a root says nothing: whoever trusts it has it already. */
function chainOf(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let next = socket.getPeerX509Certificate(); next !== undefined && chain.length < 8; next = next.issuerCertificate) {
    if (chain.length > 0 && next.subject === next.issuer) break;
    chain.push(next);
  }
  return chain;
}

function inTime([leaf]: readonly X509Certificate[]): Handshake {
  if (leaf === undefined) return { holds: false, got: 'no certificate' };
  const days = Math.floor((Date.parse(leaf.validTo) - Date.now()) / DAY);
  return { holds: Date.parse(leaf.validFrom) <= Date.now() && days >= LEAST_DAYS_LEFT, got: `valid until ${leaf.validTo}` };
}

function weaknessesOf(certificate: X509Certificate): string[] {
  const { hash } = new ParsedCertificate(certificate.raw).signatureAlgorithm as { readonly hash?: { readonly name: string } };
  const named = certificate.subject.replaceAll('\n', ', ');
  const { asymmetricKeyType, asymmetricKeyDetails: details } = certificate.publicKey;
  const strongKey = asymmetricKeyType === 'rsa' ? (details?.modulusLength ?? 0) >= LEAST_RSA_BITS : asymmetricKeyType === 'ec' && STRONG_CURVES.includes(details?.namedCurve ?? '');
  return [
    ...(STRONG_HASHES.includes(hash?.name ?? '') ? [] : [`${named} is signed with ${hash?.name ?? 'an unknown hash'}`]),
    ...(strongKey ? [] : [`${named} has ${strengthOf(certificate.publicKey)}`]),
  ];
}

function strengthOf({ asymmetricKeyType, asymmetricKeyDetails: details }: X509Certificate['publicKey']): string {
  return asymmetricKeyType === 'rsa' ? `RSA ${details?.modulusLength ?? 0}` : `${asymmetricKeyType ?? 'no key'} ${details?.namedCurve ?? ''}`;
}
