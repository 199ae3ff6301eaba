import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyPairKeyObjectResult } from 'node:crypto';
import { MESSAGE_SIGNATURES_VARIABLE, type DeclaredSignatures, type PublicJwk } from '../../lib/contract/message-signatures';
import type { SigningKeyFile } from '../endpoints';
import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import type { KeyMaterial } from '../peer/key-material';
import type { LambdaFunction } from './lambda-function';

type Keys = DeclaredSignatures['keys'];

/**
 * Twins of the keys that consumers sign messages with: of the same kind and id, and with a private key, which is elsewhere for the real ones.
 *
 * A service is told the twins in place of the declared keys.
 */
export class TwinSigningKeys {
  private readonly files = new Map<string, SigningKeyFile>();
  private readonly twins = new Map<string, PublicJwk>();

  constructor(assembly: EnvironmentAssembly, private readonly material: KeyMaterial) {
    for (const { properties } of assembly.resources('AWS::Lambda::Function')) {
      const text = (properties.Environment as { readonly Variables?: { readonly [name: string]: string } } | undefined)?.Variables?.[MESSAGE_SIGNATURES_VARIABLE];
      if (text !== undefined) this.twinsOf((JSON.parse(text) as DeclaredSignatures).keys);
    }
  }

  /** True where messages are signed at all. */
  public get areUsed(): boolean {
    return this.files.size > 0;
  }

  /** The function as it is, with twins in place of the keys that it is told. */
  public told(lambda: LambdaFunction | undefined): LambdaFunction | undefined {
    const text = lambda?.environment[MESSAGE_SIGNATURES_VARIABLE];
    if (lambda === undefined || text === undefined) return lambda;
    const declared = JSON.parse(text) as DeclaredSignatures;
    return { ...lambda, environment: { ...lambda.environment, [MESSAGE_SIGNATURES_VARIABLE]: JSON.stringify({ ...declared, keys: this.twinsOf(declared.keys) }) } };
  }

  /** The key that a consumer of a security domain signs with; undefined where it has none. */
  public of(domain: string, consumer: string): SigningKeyFile | undefined {
    return this.files.get(`${domain}/${consumer}`);
  }

  private twinsOf(keys: Keys): Keys {
    return mapped(keys, (consumers, domain) => mapped(consumers, (own, consumer) => mapped(own, (key, keyId) => this.twin(key, domain, consumer, keyId))));
  }

  private twin(key: PublicJwk, domain: string, consumer: string, keyId: string): PublicJwk {
    const [owner, id] = [`${domain}/${consumer}`, `${domain}/${consumer}/${keyId}`];
    const known = this.twins.get(id);
    if (known !== undefined) return known;
    const { privateKey, publicKey } = pairLike(key);
    const twin = publicKey.export({ format: 'jwk' }) as PublicJwk;
    this.twins.set(id, twin);
    // Of several, the first: it is the one that is in use.
    if (!this.files.has(owner)) this.files.set(owner, { keyId, keyFile: this.material.pem(`signing-${id}`, privateKey.export({ format: 'pem', type: 'pkcs8' }) as string) });
    return twin;
  }
}

function pairLike(key: PublicJwk): KeyPairKeyObjectResult {
  if (key.kty === 'OKP') return generateKeyPairSync('ed25519');
  if (key.kty === 'EC') return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return generateKeyPairSync('rsa', { modulusLength: createPublicKey({ key: key as unknown as JsonWebKey, format: 'jwk' }).asymmetricKeyDetails?.modulusLength ?? 2048 });
}

function mapped<From, To>(members: { readonly [name: string]: From }, to: (member: From, name: string) => To): { [name: string]: To } {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, to(member, name)]));
}
