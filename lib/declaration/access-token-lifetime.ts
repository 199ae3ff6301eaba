import { Duration } from 'aws-cdk-lib';
import { demand } from '../private/refusal';
import { recordedReason } from './recorded-reason';

const FIVE_MINUTES = Duration.minutes(5);

/** Longest access-token life that an environment accepts. */
export class AccessTokenLifetime {
  /** At most five minutes. */
  public static atMost(lifetime: Duration): AccessTokenLifetime {
    demand('ACCESS_TOKEN_LIFETIME', lifetime.toSeconds() <= FIVE_MINUTES.toSeconds(), () => lifetime.toHumanString());
    return new AccessTokenLifetime(lifetime, undefined);
  }

  /** Longer than five minutes, for a recorded reason. */
  public static exceeding(lifetime: Duration, reason: string): AccessTokenLifetime {
    return new AccessTokenLifetime(lifetime, recordedReason(reason));
  }

  private constructor(
    public readonly lifetime: Duration,
    /** Why tokens may live longer than five minutes; undefined when they may not. */
    public readonly reason: string | undefined,
  ) {}
}
