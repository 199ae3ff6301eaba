import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';

/** What a proof is made for. */
export interface ProofTarget {
  readonly method: string;
  /** Of the resource or the token endpoint, without query and fragment. */
  readonly url: string;
  /** The access token that it goes with; none at the token endpoint. */
  readonly token?: string;
}

/** The key of a client, which signs its DPoP proofs (RFC 9449). */
export class DpopKey {
  /** The key of a PKCS #8 file. @throws Error where it is no P-256 key */
  public static fromPem(pem: string): DpopKey {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('a DPoP key is a P-256 key');
    return new DpopKey(key);
  }

  constructor(private readonly privateKey: KeyObject = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey) {}

  /** PKCS #8, PEM. */
  public get pem(): string {
    return this.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }


  /** A proof that this key's owner makes one request. */
  public proof({ method, url, token }: ProofTarget): string {
    const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: createPublicKey(this.privateKey).export({ format: 'jwk' }) };
    const claims = {
      jti: randomUUID(), htm: method, htu: url, iat: Math.floor(Date.now() / 1000),
      ...token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') },
    };
    const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${input}.${sign('sha256', Buffer.from(input), { key: this.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }
}
