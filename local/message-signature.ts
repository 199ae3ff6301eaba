import { constants, createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SigningKeyFile } from './endpoints';

/** What a consumer signs of a request. */
export interface SignedMessage {
  readonly method: string;
  /** Host name, in lower case. */
  readonly authority: string;
  /** Path without a query, percent-encoded as it is sent. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string;
}

/** The header fields by which a consumer signs a request and its body (RFC 9421, RFC 9530). */
export function messageSignature({ method, authority, path, contentType, body }: SignedMessage, { keyId, keyFile }: SigningKeyFile): { readonly [name: string]: string } {
  const digest: { readonly [name: string]: string } = body === undefined ? {} : { 'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:` };
  const components = Object.entries({ '@method': method, '@authority': authority, '@path': path, ...contentType !== undefined && { 'content-type': contentType }, ...digest });
  const parameters = `(${components.map(([name]) => `"${name}"`).join(' ')});created=${Math.floor(Date.now() / 1000)};keyid="${keyId}";nonce="${randomUUID()}"`;
  const base = [...components.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${parameters}`].join('\n');
  return { ...digest, 'signature-input': `sig=${parameters}`, 'signature': `sig=:${signature(base, keyFile)}:` };
}

function signature(base: string, keyFile: string): string {
  const key = createPrivateKey(readFileSync(keyFile));
  const [digest, options] = ({
    ec: ['sha256', { dsaEncoding: 'ieee-p1363' }],
    rsa: ['sha512', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }],
    ed25519: [null, {}],
  } as const)[key.asymmetricKeyType as 'ec' | 'rsa' | 'ed25519'];
  return sign(digest, Buffer.from(base, 'latin1'), { key, ...options }).toString('base64');
}
