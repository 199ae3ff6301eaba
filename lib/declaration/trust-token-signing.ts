import { demand } from '../private/refusal';

/** Where the key lives that signs an environment's trust tokens. */
export class TrustTokenSigning {
  /** A key pair in Secrets Manager, replaced every 30 days without a hand; authorizers sign in their own memory. */
  public static readonly SECRETS_MANAGER = new TrustTokenSigning();

  /**
   * The first generation of keys in AWS KMS.
   *
   * A private key never leaves KMS, so that nobody can copy it; each request costs a call, and the account and Region sign
   * about 1,000 times a second (ECC keys), unless Service Quotas has granted more.
   */
  public static readonly KMS = new TrustTokenSigning(1);

  /**
   * A later generation of keys in AWS KMS. KMS does not rotate such keys: deploying the next number does.
   *
   * The key of the generation signs; its predecessor and its successor are published beside it, so that no token is signed
   * with a key that verifiers cannot know. CloudFormation refuses to skip a generation, and to go back.
   *
   * @param generation one more than the generation that is deployed
   */
  public static kmsGeneration(generation: number): TrustTokenSigning {
    demand('SIGNING_GENERATION', Number.isSafeInteger(generation) && generation >= 1, () => `${generation}`);
    return new TrustTokenSigning(generation);
  }

  private constructor(
    /** Generation of the KMS key that signs; undefined where the key is in Secrets Manager. */
    public readonly generation?: number,
  ) {}
}
