import { Duration } from 'aws-cdk-lib';
import { demand } from '../private/refusal';

/**
 * An API key that a consumer must present beside its access token, in the header `X-Api-Key`.
 *
 * It identifies the client application and nobody else, and is never enough by itself. It is generated in the account, one in
 * each environment, and lies in a secret of its own, so that it can be handed to this consumer alone. The key before the
 * current one stays good: a consumer has one whole rotation period to change over.
 */
export class ApiKey {
  /** Replaced every 90 days. */
  public static rotated(): ApiKey {
    return new ApiKey(Duration.days(90));
  }

  /**
   * Replaced every so often, 1 to 365 whole days.
   *
   * Deploying another period replaces the key at once, as Secrets Manager does whenever a schedule changes: do not do it twice before
   * the consumer has taken its new key.
   */
  public static rotatedEvery(period: Duration): ApiKey {
    return new ApiKey(period);
  }

  private constructor(
    /** How often the key is replaced. */
    public readonly period: Duration,
  ) {
    const days = period.toDays({ integral: false });
    demand('API_KEY_ROTATION', Number.isInteger(days) && days >= 1 && days <= 365, () => period.toHumanString());
  }
}
