import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, AnyPrincipal, Effect, Grant, IGrantable, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { AUTHORIZER_ENVIRONMENT } from '../contract/authorizer-configuration';
import { SIGNING_KEY_ENVIRONMENT } from '../contract/signing-key';
import { TrustTokenSigning } from '../declaration/trust-token-signing';
import { DUTY_TAG } from '../private/confined-function';
import { SIGNS } from './signing-key';
import { ITrustTokenKeys } from './trust-token-keys';

/** What whoever runs the account does with a key: neither sign with it, nor let somebody else. */
const ADMINISTRATION = [
  'kms:CancelKeyDeletion', 'kms:DescribeKey', 'kms:DisableKey', 'kms:EnableKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:GetPublicKey',
  'kms:ListGrants', 'kms:ListKeyPolicies', 'kms:ListResourceTags', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:UpdateKeyDescription',
];

/** Properties of `KmsSigningKeys`. */
export interface KmsSigningKeysProps {
  /**
   * Which generation signs.
   *
   * @default TrustTokenSigning.KMS - the first one
   */
  readonly signing?: TrustTokenSigning;
}

/**
 * Signing keys whose private halves never leave AWS KMS, for higher assurance.
 *
 * They come in generations, and a deployment moves a window over them by one: the key of generation n signs, n - 1 to n + 1 are
 * published, n - 2 to n + 1 exist. So a key is published one deployment before it signs and one after. Stacks that sign import
 * key ids, the stack that publishes imports ARNs, and each is exported one deployment longer than it is imported: a deployment
 * that skips a generation, goes back, or leaves a stack behind is refused by CloudFormation, which keeps what is imported.
 */
export class KmsSigningKeys extends Construct implements ITrustTokenKeys {
  /** The key that signs, and the next one, which takes its place where somebody disables it. */
  public readonly signers: IKey[];
  /** The keys whose public halves are served. */
  public readonly published: IKey[];
  public readonly signerEnvironment: { [name: string]: string };
  public readonly publisherEnvironment: { [name: string]: string };

  public constructor(scope: Construct, id: string, props: KmsSigningKeysProps = {}) {
    super(scope, id);
    const generation = (props.signing ?? TrustTokenSigning.KMS).generation ?? 1;
    const keys = [generation - 2, generation - 1, generation, generation + 1].filter((number) => number >= 1).map((number) => this.key(number));
    this.signers = keys.slice(-2);
    this.published = keys.slice(-3);
    this.signerEnvironment = { [AUTHORIZER_ENVIRONMENT.signingKeyArns]: this.signerArns().join(' ') };
    this.publisherEnvironment = { [SIGNING_KEY_ENVIRONMENT.publishedKeyArns]: arns(this.published).join(' ') };
    for (const { keyArn } of keys) Stack.of(this).exportValue(keyArn);
    for (const { keyId } of keys.slice(-3)) Stack.of(this).exportValue(keyId);
  }

  public grantSign(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['kms:Sign'], resourceArns: this.signerArns(), conditions: { StringEquals: { 'kms:MessageType': 'DIGEST', 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } } });
  }

  public grantPublish(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['kms:DescribeKey', 'kms:GetPublicKey'], resourceArns: arns(this.published) });
  }

  private signerArns(): string[] {
    return this.signers.map(({ keyId }) => Stack.of(this).formatArn({ service: 'kms', resource: 'key', resourceName: keyId }));
  }

  private key(generation: number): Key {
    return new Key(this, `Generation${generation}`, {
      description: `Signs trust tokens (ES256), generation ${generation}`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      policy: keyPolicy(),
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(30),
    });
  }
}

function arns(keys: IKey[]): string[] {
  return keys.map(({ keyArn }) => keyArn);
}

/** The account administers the key and may not use it; only a role of the duty signs, and no grant lets another. */
function keyPolicy(): PolicyDocument {
  const duty = { [`aws:PrincipalTag/${DUTY_TAG}`]: SIGNS };
  const account = new AccountRootPrincipal();
  return new PolicyDocument({
    statements: [
      new PolicyStatement({ sid: 'Administer', principals: [account], actions: ADMINISTRATION, resources: ['*'] }),
      new PolicyStatement({ sid: 'Sign', principals: [account], actions: ['kms:Sign'], resources: ['*'], conditions: { StringEquals: duty } }),
      new PolicyStatement({ sid: 'SignWithDutyOnly', effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ['kms:Sign'], resources: ['*'], conditions: { StringNotEquals: duty } }),
      new PolicyStatement({ sid: 'NoGrants', effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ['kms:CreateGrant'], resources: ['*'] }),
    ],
  });
}
