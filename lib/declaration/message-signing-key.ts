import { createPublicKey, KeyObject } from 'crypto';
import { PublicJwk } from '../contract/message-signatures';
import { demand, Refusal } from '../private/refusal';
import { fileFault, readText } from '../private/text-file';

const KEY_ID = /^[A-Za-z0-9._-]{1,64}$/;
const PLACEHOLDER = '{environment}';
/** Members of a JWK that only who signs may know (RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * The public key that a consumer's signatures of messages are verified with.
 *
 * Each environment has keys of its own: `{environment}` in the path stands for its name in lower-case letters.
 *
 * @example
 * import { MessageSigningKey } from 'cdk-api-security';
 *
 * const key = MessageSigningKey.fromPem('acme-2027', 'certs/{environment}/acme-signing.pem');
 */
export class MessageSigningKey {
  /**
   * From a PEM file with one public key (`BEGIN PUBLIC KEY`): EC P-256, Ed25519, or RSA of 2048 to 4096 bits.
   *
   * @param keyId `keyid` of the signatures: 1 to 64 letters, digits, dots, underscores and hyphens
   * @param file path of the file, relative to the working directory
   */
  public static fromPem(keyId: string, file: string): MessageSigningKey {
    return new MessageSigningKey(keyId, file, true);
  }

  /**
   * From a JSON file with one public key (JWK, RFC 7517): EC P-256, Ed25519, or RSA of 2048 to 4096 bits.
   *
   * @param keyId `keyid` of the signatures: 1 to 64 letters, digits, dots, underscores and hyphens
   * @param file path of the file, relative to the working directory
   */
  public static fromJwk(keyId: string, file: string): MessageSigningKey {
    return new MessageSigningKey(keyId, file, false);
  }

  private constructor(
    /** `keyid` of the signatures that the key verifies. */
    public readonly keyId: string,
    /** Path of the file; `{environment}` in it stands for the name of an environment. */
    public readonly file: string,
    /** True where the file is PEM, false where it is a JWK. */
    public readonly isPem: boolean,
  ) {
    demand('MESSAGE_SIGNING_KEY_ID', KEY_ID.test(keyId), () => `'${keyId}'`);
    // Refused in the line that names it, where the name is complete.
    if (!file.includes(PLACEHOLDER)) publicJwk(this, '');
  }
}

/** The key of one environment. @throws Refusal where it is no public key, or a weak one */
export function publicJwk({ file: declared, isPem }: MessageSigningKey, environmentName: string): PublicJwk {
  const file = declared.replaceAll(PLACEHOLDER, environmentName.toLowerCase());
  const text = textOf(file);
  const key = isPem ? pemKey(text) : jwkKey(text);
  demand('MESSAGE_SIGNING_KEY', typeof key !== 'string', () => `'${file}', which is ${key as string}`);
  const weakness = keyWeakness(key);
  demand('MESSAGE_SIGNING_KEY', weakness === undefined, () => `'${file}', which is ${weakness}`);
  return key.export({ format: 'jwk' }) as PublicJwk;
}

function textOf(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    throw new Refusal('MESSAGE_SIGNING_KEY', fileFault(file, error));
  }
}

/** The public key, or what the file is instead. Node.js would take the public half of a private key without a word. */
function pemKey(text: string): KeyObject | string {
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label = '']) => label);
  if (labels.some((label) => label.includes('PRIVATE'))) return 'a private key, which belongs to its consumer alone: replace it, since it has been seen';
  return labels.length === 1 && labels[0] === 'PUBLIC KEY' ? imported(() => createPublicKey(text)) : 'not one PUBLIC KEY in PEM';
}

function jwkKey(text: string): KeyObject | string {
  const jwk = objectOf(text);
  if (jwk === undefined) return 'not one JWK';
  return PRIVATE_MEMBERS.some((member) => member in jwk)
    ? 'a private key, which belongs to its consumer alone: replace it, since it has been seen'
    : imported(() => createPublicKey({ key: jwk, format: 'jwk' }));
}

function imported(key: () => KeyObject): KeyObject | string {
  try {
    return key();
  } catch {
    return 'not a key';
  }
}

function objectOf(text: string): { [member: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as { [member: string]: unknown } : undefined;
  } catch {
    return undefined;
  }
}

function keyWeakness({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined {
  const { modulusLength = 0, namedCurve = 'an unnamed curve' } = asymmetricKeyDetails ?? {};
  switch (asymmetricKeyType) {
    case 'ed25519': return undefined;
    case 'ec': return namedCurve === 'prime256v1' ? undefined : `an EC key on ${namedCurve}`;
    case 'rsa': return modulusLength < 2048 || modulusLength > 4096 ? `an RSA key of ${modulusLength} bits` : undefined;
    default: return `a key of type ${asymmetricKeyType}`;
  }
}
