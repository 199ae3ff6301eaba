import { Duration } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AUTHORIZER_ENVIRONMENT } from '../contract/authorizer-configuration';
import { SIGNING_KEY_ENVIRONMENT } from '../contract/signing-key';
import { acknowledge } from '../private/acknowledged-rules';
import { HandlerFunction } from '../private/handler-function';
import { demand } from '../private/refusal';
import { confine, permitInvocation, permitKey, reserve, schedule, SECRET_ROTATION, SECRET_WRITES } from './rotated-secret';
import { ITrustTokenKeys } from './trust-token-keys';

const PUBLISHED_WITH_ROTATION = 'It holds public keys only, and every rotation of the private key rewrites it.';

/** Duties of the roles that a signing key admits. */
export const SIGNS = 'sign-trust-tokens';
const ROTATES = 'rotate-signing-key';

/** Properties of `SigningKey`. */
export interface SigningKeyProps {
  /** Network of the environment; the rotation runs in its private subnets. */
  readonly vpc: IVpc;
  /** What the rotation may connect to: Secrets Manager over HTTPS. */
  readonly securityGroup: ISecurityGroup;
  /** Encrypts the secrets and the handlers' logs. */
  readonly key: IKey;
  /**
   * How often the key is replaced.
   *
   * @default Duration.days(30)
   */
  readonly rotateEvery?: Duration;
  /**
   * How long a public key is published before its first and after its last signature, at least 20 minutes.
   *
   * It covers what authorizers and verifiers cache, and the life of the last token.
   *
   * @default Duration.hours(1)
   */
  readonly overlap?: Duration;
}

/**
 * The key pair that signs an environment's trust tokens.
 *
 * It is generated in the account by the first rotation, at deployment, and never leaves Secrets Manager and the
 * authorizer's memory; its public half lies in a secret of its own, so that publishing it needs no access to the private one.
 */
export class SigningKey extends Construct implements ITrustTokenKeys {
  /** Holds the private key; readable by whoever signs. */
  public readonly privateKey: ISecret;
  /** Holds the JWK Set of the public keys. */
  public readonly publishedKeys: ISecret;
  /** Function that replaces the key; while it fails, the current key stays in use. */
  public readonly rotation: IFunction;
  public readonly signerEnvironment: { [name: string]: string };
  public readonly publisherEnvironment: { [name: string]: string };

  public constructor(scope: Construct, id: string, props: SigningKeyProps) {
    super(scope, id);
    const overlap = props.overlap ?? Duration.hours(1);
    const overlapSeconds = overlap.toSeconds({ integral: false });
    demand('KEY_OVERLAP', Number.isInteger(overlapSeconds) && overlapSeconds >= 1200, () => overlap.toHumanString());
    const privateKey = new Secret(this, 'PrivateKey', { description: 'Private key that signs trust tokens (ES256)', encryptionKey: props.key });
    const publishedKeys = new Secret(this, 'PublishedKeys', { description: 'Public keys that verify trust tokens (JWK Set)', encryptionKey: props.key });
    acknowledge(publishedKeys, {
      'AwsSolutions-SMG4': PUBLISHED_WITH_ROTATION,
      'NIST.800.53.R5-SecretsManagerRotationEnabled': PUBLISHED_WITH_ROTATION,
    });
    const { function: rotation, policy } = new HandlerFunction(this, 'Rotation', {
      ...props,
      handler: 'key-rotation',
      duty: ROTATES,
      description: 'Replaces the signing key of trust tokens',
      timeout: Duration.seconds(60),
      reservedConcurrency: 1,
      environment: { [SIGNING_KEY_ENVIRONMENT.signingKeySecret]: privateKey.secretArn, [SIGNING_KEY_ENVIRONMENT.publishedKeysSecret]: publishedKeys.secretArn, [SIGNING_KEY_ENVIRONMENT.overlapSeconds]: `${overlapSeconds}` },
      failureHandling: 'Secrets Manager invokes the rotation, repeats a failed step and keeps the current key meanwhile; the alarm KeyRotationFailed tells.',
    });
    policy.addStatements(new PolicyStatement({ actions: SECRET_ROTATION, resources: [privateKey.secretArn] }));
    policy.addStatements(new PolicyStatement({ actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], resources: [publishedKeys.secretArn] }));
    permitKey(policy, props.key);
    reserve(privateKey, ['secretsmanager:GetSecretValue'], [SIGNS, ROTATES]);
    for (const secret of [privateKey, publishedKeys]) {
      reserve(secret, SECRET_WRITES, [ROTATES]);
      confine(secret);
    }
    schedule(this, privateKey, rotation, props.rotateEvery ?? Duration.days(30), [permitInvocation(this, rotation, privateKey.secretArn), policy]);
    this.privateKey = privateKey;
    this.publishedKeys = publishedKeys;
    this.rotation = rotation;
    this.signerEnvironment = { [AUTHORIZER_ENVIRONMENT.signingKeySecret]: privateKey.secretArn };
    this.publisherEnvironment = { [SIGNING_KEY_ENVIRONMENT.publishedKeysSecret]: publishedKeys.secretArn };
  }

  public grantSign(grantee: IGrantable): Grant {
    return this.privateKey.grantRead(grantee);
  }

  public grantPublish(grantee: IGrantable): Grant {
    return this.publishedKeys.grantRead(grantee);
  }
}
