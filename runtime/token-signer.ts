import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { encodeBase64url } from './base64url';
import { ecdsaSignatureFromDer } from './ecdsa-signature';

/** Makes signed tokens out of claims; at once where the key is at hand, so that callers need not wait. */
export interface ClaimsSigner {
  /** Compact serialization (RFC 7515 section 7.1). */
  sign(claims: object): string | Promise<string>;
}

/** Signs claims with one ES256 key (RFC 7518 section 3.4) that is in memory. */
export class TokenSigner implements ClaimsSigner {
  private readonly key: KeyObject;
  private readonly encodedHeader: string;

  /**
   * @param privateKey PKCS #8, PEM
   * @param kid of the key, written into each header
   * @param typ of the tokens
   * @throws Error where the key is not a P-256 private key
   */
  constructor(privateKey: string, readonly kid: string, typ: string) {
    this.key = createPrivateKey(privateKey);
    if (this.key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
      throw new Error('a trust token is signed with a P-256 key');
    }
    this.encodedHeader = encodeBase64url(JSON.stringify({ typ, alg: 'ES256', kid }));
  }

  /** Compact serialization (RFC 7515 section 7.1). */
  sign(claims: object): string {
    const signingInput = `${this.encodedHeader}.${encodeBase64url(JSON.stringify(claims))}`;
    const signature = ecdsaSignatureFromDer(sign('sha256', Buffer.from(signingInput, 'latin1'), this.key));
    return `${signingInput}.${encodeBase64url(signature)}`;
  }
}
