import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import { awsJsonExchange, type AwsJsonAnswer } from './aws-json-exchange';
import { signDigest } from './digest-signature';

interface SigningKey {
  readonly arn: string;
  readonly privateKey: KeyObject;
  /** DER, SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
  enabled: boolean;
}

interface Input { readonly KeyId?: string; readonly Message?: string; readonly MessageType?: string; readonly SigningAlgorithm?: string }

const ALGORITHM = 'ECDSA_SHA_256';
const DIGEST_LENGTH = 32;

/** A refusal of KMS, with the exception name that its clients know. */
class KeyManagementError extends Error {
  constructor(public readonly type: 'NotFoundException' | 'DisabledException' | 'ValidationException' | 'InvalidKeyUsageException' | 'UnknownOperationException', message: string) {
    super(message);
  }
}

/**
 * The operations of AWS KMS that handlers use, over its JSON 1.1 protocol, with P-256 keys that are made for this run.
 *
 * Signatures of requests and key policies are not checked.
 */
export class KeyManagement {
  private readonly keys: SigningKey[] = [];

  /** The ARNs of the keys, in the order in which they were made. */
  public get arns(): readonly string[] {
    return this.keys.map(({ arn }) => arn);
  }

  /** Makes the keys of an assembly that sign with ECDSA on P-256; other KMS keys encrypt, which nothing here does. */
  public createKeys(assembly: EnvironmentAssembly): void {
    for (const { properties, attribute } of assembly.resources('AWS::KMS::Key')) {
      if (properties.KeySpec === 'ECC_NIST_P256' && properties.KeyUsage === 'SIGN_VERIFY') this.add(attribute('Arn'));
    }
  }

  /** Makes one key. */
  public add(arn: string): void {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.keys.push({ arn, privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }), enabled: true });
  }

  /** Makes a key useless until somebody enables it, which revokes it. */
  public disable(arn: string): void {
    this.key(arn).enabled = false;
  }

  private readonly operations: { readonly [name: string]: (input: Input) => object } = {
    Sign: ({ KeyId, Message, MessageType, SigningAlgorithm }) => {
      const { arn, privateKey } = this.enabled(KeyId);
      if (SigningAlgorithm !== ALGORITHM) throw new KeyManagementError('InvalidKeyUsageException', `a P-256 key signs with ${ALGORITHM}`);
      const message = Buffer.from(Message ?? '', 'base64');
      if (MessageType !== 'DIGEST' || message.length !== DIGEST_LENGTH) throw new KeyManagementError('ValidationException', 'Digest is invalid length for algorithm ECDSA_SHA_256.');
      return { KeyId: arn, SigningAlgorithm, Signature: signDigest(privateKey, message).toString('base64') };
    },
    GetPublicKey: ({ KeyId }) => {
      // KMS gives the public half of a disabled key as well, whatever its table of key states says.
      const { arn, publicKey } = this.key(KeyId);
      return { KeyId: arn, KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', SigningAlgorithms: [ALGORITHM], PublicKey: publicKey.toString('base64') };
    },
    DescribeKey: ({ KeyId }) => {
      const { arn, enabled } = this.key(KeyId);
      return { KeyMetadata: { Arn: arn, Enabled: enabled, KeyState: enabled ? 'Enabled' : 'Disabled' } };
    },
    DisableKey: ({ KeyId = '' }) => {
      this.disable(KeyId);
      return {};
    },
    EnableKey: ({ KeyId }) => {
      this.key(KeyId).enabled = true;
      return {};
    },
  };

  /** Answers one HTTP request of an AWS client. */
  public handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return awsJsonExchange(request, response, '1.1', (target, text) => this.answer(target, text));
  }

  private answer(target: string, text: string): AwsJsonAnswer {
    try {
      const operation = this.operations[target.replace(/^TrentService\./, '')];
      if (operation === undefined) throw new KeyManagementError('UnknownOperationException', `the local KMS has no operation ${target}`);
      return { status: 200, body: operation(JSON.parse(text === '' ? '{}' : text) as Input) };
    } catch (error) {
      const type = error instanceof KeyManagementError ? error.type : 'ValidationException';
      return { status: 400, body: { __type: type, message: (error as Error).message } };
    }
  }

  /** A key by ARN or key id. */
  private key(id: string | undefined): SigningKey {
    const found = this.keys.find(({ arn }) => arn === id || arn.split('/').at(-1) === id);
    if (found === undefined) throw new KeyManagementError('NotFoundException', `Key '${id}' does not exist`);
    return found;
  }

  private enabled(id: string | undefined): SigningKey {
    const key = this.key(id);
    if (!key.enabled) throw new KeyManagementError('DisabledException', `${key.arn} is disabled.`);
    return key;
  }
}
