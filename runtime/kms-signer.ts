import { createHash } from 'node:crypto';
import type { AwsJsonClient } from './aws-json-client';
import { encodeBase64url } from './base64url';
import type { Clock } from './clock';
import { DependencyFailure } from './dependency-failure';
import { ecdsaSignatureFromDer, ecdsaSignatureToDer } from './ecdsa-signature';
import { isRevoked, kmsClient, kmsKeyId } from './kms';
import type { ClaimsSigner } from './token-signer';

/** Which keys sign, and as whom they are asked. */
export interface KmsSignerProps {
  /** The first key that is not revoked signs: one to fall back on is published long before it is needed. */
  readonly keyArns: readonly string[];
  /** `typ` of the tokens. */
  readonly typ: string;
  /** What the Lambda runtime puts into the environment: credentials, endpoints. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Told of each failed call, also where the next one succeeds. */
  readonly onFailure: (failure: DependencyFailure) => void;
}

interface Key {
  readonly arn: string;
  readonly encodedHeader: string;
}

const DEPENDENCY = 'KMS signing key';
const ATTEMPTS = 2;
/** Two keys and two attempts of each stay well below the ten seconds of the authorizer. */
const TIMEOUT_MILLISECONDS = 1000;

/** Signs claims by ES256 keys (RFC 7518 section 3.4) whose private halves never leave AWS KMS: one call per token. */
export class KmsSigner implements ClaimsSigner {
  private readonly client: AwsJsonClient;
  private keys: readonly Key[];

  /** @throws TypeError where the endpoint would send credentials in the clear */
  constructor(private readonly props: KmsSignerProps) {
    const { keyArns: [arn = ''], environment, clock, typ } = props;
    this.client = kmsClient({ arn, dependency: DEPENDENCY, environment, clock, timeoutMilliseconds: TIMEOUT_MILLISECONDS, keepAlive: true });
    this.keys = props.keyArns.map((keyArn) => ({ arn: keyArn, encodedHeader: encodeBase64url(JSON.stringify({ typ, alg: 'ES256', kid: kmsKeyId(keyArn) })) }));
  }

  /** @throws DependencyFailure where KMS does not sign */
  async sign(claims: object): Promise<string> {
    const payload = encodeBase64url(JSON.stringify(claims));
    for (const key of this.keys) {
      const input = `${key.encodedHeader}.${payload}`;
      const signature = await this.signature(key.arn, createHash('sha256').update(input, 'latin1').digest('base64'));
      if (signature) {
        return `${input}.${encodeBase64url(signature)}`;
      }
      this.passOver(key);
    }
    throw new DependencyFailure(DEPENDENCY, 'every key is disabled');
  }

  /** The JWS form of a signature; undefined where the key is revoked. */
  private async signature(keyArn: string, digest: string): Promise<Buffer | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.requested(keyArn, digest);
      } catch (error) {
        const failure = error instanceof DependencyFailure ? error : new DependencyFailure(DEPENDENCY, 'unexpected error');
        this.props.onFailure(failure);
        if (attempt === ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  private async requested(keyArn: string, digest: string): Promise<Buffer | undefined> {
    const input = { KeyId: keyArn, Message: digest, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' };
    const { status, body, fault } = await this.client.call('Sign', input);
    if (isRevoked(fault)) {
      this.props.onFailure(new DependencyFailure(DEPENDENCY, `${kmsKeyId(keyArn)}: ${fault}`));
      return undefined;
    }
    const signature = status === 200 ? jwsSignature(body.Signature) : undefined;
    if (!signature) {
      throw new DependencyFailure(DEPENDENCY, `status ${status}, ${fault ?? 'no signature'}`);
    }
    return signature;
  }

  /** What is revoked is not asked again, unless nothing else is left: somebody may enable it. */
  private passOver(key: Key): void {
    const others = this.keys.filter((other) => other !== key);
    this.keys = others.length === 0 ? this.keys : others;
  }
}

/** The JWS form of what must be the one DER form of a signature. */
function jwsSignature(value: unknown): Buffer | undefined {
  const der = Buffer.from(typeof value === 'string' ? value : '', 'base64');
  try {
    const signature = ecdsaSignatureFromDer(der);
    return ecdsaSignatureToDer(signature)?.equals(der) ? signature : undefined;
  } catch {
    return undefined;
  }
}
