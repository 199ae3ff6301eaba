import { Duration } from 'aws-cdk-lib';
import { demand } from '../private/refusal';

/** Properties of `MessageSignatures`. */
export interface MessageSignaturesProps {
  /**
   * Ids of the operations whose requests must be signed.
   *
   * @default - every operation of the service
   */
  readonly operations?: string[];
  /**
   * How long after it was made a signature is accepted, 5 seconds to 5 minutes.
   *
   * @default Duration.minutes(1)
   */
  readonly maxAge?: Duration;
}

/**
 * Demands that consumers sign their requests and bodies (HTTP Message Signatures, RFC 9421), beside the access token.
 *
 * What was signed reaches the service as its consumer sent it, whoever is between. The keys are those of the consumers that may call
 * the service (`signingKeys`). A `BackendFunction` is told them, and `lambdaTrustToken` of the service library runs its
 * handler for signed requests only. Behind `Backend.https()` nothing is enforced, which the report says.
 *
 * @example
 * import { MessageSignatures } from 'cdk-api-security';
 *
 * const signed = MessageSignatures.required({ operations: ['submitBatch'] });
 */
export class MessageSignatures {
  /** Requests without an acceptable signature are refused with 403. */
  public static required(props: MessageSignaturesProps = {}): MessageSignatures {
    return new MessageSignatures(props.operations, props.maxAge ?? Duration.minutes(1));
  }

  private constructor(
    /** Ids of the operations that ask for a signature; undefined where all do. */
    public readonly operations: string[] | undefined,
    /** How long after it was made a signature is accepted. */
    public readonly maxAge: Duration,
  ) {
    const seconds = maxAge.toSeconds({ integral: false });
    demand('MESSAGE_SIGNATURES', Number.isInteger(seconds) && seconds >= 5 && seconds <= 300, () => maxAge.toHumanString());
    demand('MESSAGE_SIGNATURES', operations === undefined || operations.length > 0, () => 'operations: []', 'the ids of operations, or leave operations out for all of them');
  }
}
