import { Duration } from 'aws-cdk-lib';
import { demand } from '../private/refusal';
import { recordedReason } from './recorded-reason';

const FIVE_MINUTES = Duration.minutes(5);
const WHOLE_SECONDS = 'whole seconds, at least Duration.seconds(1)';

/** Longest access-token life that an environment accepts. */
export class AccessTokenLifetime {
  /** At most five minutes, which is as long as a stolen token is worth something. */
  public static atMost(lifetime: Duration): AccessTokenLifetime {
    return new AccessTokenLifetime(lifetime, undefined);
  }

  /**
   * Longer than five minutes, for a recorded reason.
   *
   * @param reason who accepted what risk, and why: at least 10 characters, shown in the evidence
   */
  public static exceeding(lifetime: Duration, reason: string): AccessTokenLifetime {
    return new AccessTokenLifetime(lifetime, recordedReason(reason));
  }

  private constructor(
    /** Longest difference between `iat` and `exp`; a token that claims more is refused. */
    public readonly lifetime: Duration,
    /** Why tokens may live longer than five minutes; undefined when they may not. */
    public readonly reason: string | undefined,
  ) {
    const seconds = lifetime.toSeconds({ integral: false });
    demand('ACCESS_TOKEN_LIFETIME', Number.isInteger(seconds) && seconds >= 1, () => lifetime.toHumanString(), WHOLE_SECONDS);
    demand('ACCESS_TOKEN_LIFETIME', reason !== undefined || seconds <= FIVE_MINUTES.toSeconds(), () => lifetime.toHumanString());
  }
}
