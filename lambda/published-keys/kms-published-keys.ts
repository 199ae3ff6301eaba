import { createPublicKey } from 'node:crypto';
import type { PublishedKey, PublishedKeys } from '../../lib/contract/signing-key';
import type { AwsJsonClient } from '../../runtime/aws-json-client';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { isJsonObject, type JsonObject } from '../../runtime/json';
import { isRevoked, kmsClient, kmsKeyId } from '../../runtime/kms';

const DEPENDENCY = 'KMS signing key';
/** The one state in which a key is good. */
const ENABLED = 'Enabled';

/**
 * A reader of the public halves of KMS keys, as the value of a published keys secret would have them.
 *
 * A key that somebody disabled is left out, so that disabling it is all it takes to revoke it. Its state is asked for, because KMS
 * hands out the public half of a disabled key too: tokens that were signed ahead of their time would stay good.
 */
export function kmsPublishedKeys(keyArns: readonly string[], environment: Readonly<Record<string, string | undefined>>, clock: Clock): () => Promise<string> {
  const client = kmsClient({ arn: keyArns[0] ?? '', dependency: DEPENDENCY, environment, clock });
  return async () => {
    const keys = await Promise.all(keyArns.map((arn) => publishedKey(client, arn)));
    return JSON.stringify({ keys: keys.flatMap((key) => key ?? []) } satisfies PublishedKeys);
  };
}

/** @throws DependencyFailure where KMS does not say; undefined where the key is revoked */
async function publishedKey(client: AwsJsonClient, keyArn: string): Promise<PublishedKey | undefined> {
  const described = await answer(client, 'DescribeKey', keyArn);
  const metadata = described?.KeyMetadata;
  if (!isJsonObject(metadata) || metadata.KeyState !== ENABLED) {
    return undefined;
  }
  const known = await answer(client, 'GetPublicKey', keyArn);
  if (known === undefined) {
    return undefined;
  }
  if (typeof known.PublicKey !== 'string') {
    throw new DependencyFailure(DEPENDENCY, 'no public key');
  }
  return jwk(Buffer.from(known.PublicKey, 'base64'), kmsKeyId(keyArn));
}

/** @throws DependencyFailure where KMS does not answer; undefined where it says that the key is revoked */
async function answer(client: AwsJsonClient, operation: string, keyArn: string): Promise<JsonObject | undefined> {
  const { status, body, fault } = await client.call(operation, { KeyId: keyArn });
  if (isRevoked(fault)) {
    return undefined;
  }
  if (status !== 200) {
    throw new DependencyFailure(DEPENDENCY, `status ${status}, ${fault ?? ''}`);
  }
  return body;
}

function jwk(spki: Buffer, kid: string): PublishedKey {
  const { kty, crv, x, y } = createPublicKey({ key: spki, format: 'der', type: 'spki' }).export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined) {
    throw new DependencyFailure(DEPENDENCY, 'not a P-256 key');
  }
  return { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' };
}
