import { Duration } from 'aws-cdk-lib';
import { demand } from '../private/refusal';

/** Windows over which the platform counts. */
const WINDOWS = [60, 120, 300, 600];

/** Most requests that one network address may make of an operation or an API service before the web ACL blocks it with 429. */
export class AddressLimit {
  /**
   * A limit on one operation.
   *
   * @param operation id of the operation
   * @param requests 10 or more in the window; the platform counts approximately
   * @param window 1, 2, 5 or 10 minutes, 5 unless said
   */
  public static ofOperation(operation: string, requests: number, window?: Duration): AddressLimit {
    return new AddressLimit(requests, window ?? Duration.minutes(5), operation);
  }

  /**
   * A limit on all operations of the API service together.
   *
   * @param requests 10 or more in the window; the platform counts approximately
   * @param window 1, 2, 5 or 10 minutes, 5 unless said
   */
  public static ofService(requests: number, window?: Duration): AddressLimit {
    return new AddressLimit(requests, window ?? Duration.minutes(5));
  }

  private constructor(
    /** Requests of one address in the window. */
    public readonly requests: number,
    /** Over which time they are counted. */
    public readonly window: Duration,
    /** Id of the operation; undefined where the limit is on the whole service. */
    public readonly operation?: string,
  ) {
    demand('RATE', Number.isInteger(requests) && requests >= 10, () => `${requests} of one address`, 'AddressLimit.ofService(10) or more');
    demand('ADDRESS_LIMIT', WINDOWS.includes(window.toSeconds({ integral: false })), () => window.toHumanString());
  }
}
