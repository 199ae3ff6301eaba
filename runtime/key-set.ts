import { DependencyFailure } from './dependency-failure';
import { isJsonObject, parseJsonObject, type JsonObject } from './json';
import { Refusal } from './refusal';
import { verificationKey, type SignatureAlgorithm, type VerificationKey } from './verification-key';

/** Most keys that a set may hold. */
const MAX_KEYS = 100;

/** The public keys of a JWK Set (RFC 7517) by key id, each imported when it is first asked for. */
export class KeySet {
  private readonly jwks = new Map<string, JsonObject[]>();
  private readonly imported = new Map<string, VerificationKey>();

  /** @throws DependencyFailure where the document is not a JWK Set */
  static parse(name: string, document: Buffer): KeySet {
    const keys = parsedKeys(document);
    if (!keys || keys.length > MAX_KEYS) {
      throw new DependencyFailure(name, 'not a usable JWK Set');
    }
    return new KeySet(keys);
  }

  constructor(keys: readonly JsonObject[]) {
    for (const jwk of keys) {
      if (typeof jwk.kid === 'string') {
        this.jwks.set(jwk.kid, [...this.jwks.get(jwk.kid) ?? [], jwk]);
      }
    }
  }

  has(kid: string): boolean {
    return this.jwks.has(kid);
  }

  /**
   * @throws Refusal `key_unknown`; `key_unsuitable` where the key is not for this algorithm, or two keys share the id
   */
  key(kid: string, alg: SignatureAlgorithm): VerificationKey {
    const name = `${alg} ${kid}`;
    const known = this.imported.get(name);
    if (known) {
      return known;
    }
    const [jwk, second] = this.jwks.get(kid) ?? [];
    if (!jwk) {
      throw new Refusal('key_unknown');
    }
    if (second) {
      throw new Refusal('key_unsuitable');
    }
    const key = verificationKey(jwk, alg);
    this.imported.set(name, key);
    return key;
  }
}

function parsedKeys(document: Buffer): readonly JsonObject[] | undefined {
  try {
    const { keys } = parseJsonObject(document);
    return Array.isArray(keys) && keys.every(isJsonObject) ? keys : undefined;
  } catch {
    return undefined;
  }
}
