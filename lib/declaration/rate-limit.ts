import { Duration } from 'aws-cdk-lib';
import { demand } from '../private/refusal';
import { recordedReason } from './recorded-reason';

const DAY_SECONDS = 86_400;
/** One item of a DynamoDB table takes 1,000 writes a second, and all requests of a window are counted in one. */
const MOST_PER_SECOND = 1000;

/** Options of a `RateLimit`. */
export interface RateLimitOptions {
  /**
   * Why a request is let through that cannot be counted because the table of counts gives no answer.
   *
   * Shown in the evidence; at least 10 characters. What cannot be counted raises an alarm either way. What the table is throttled for is
   * refused all the same: so many requests would lift their own limit.
   *
   * @default - such a request is refused with 500
   */
  readonly admitUncountedBecause?: string;
}

/**
 * A number of requests in a window, counted exactly for all instances of the gateway.
 *
 * Windows follow one another without a gap, by the clock (UTC): one of a minute starts with the minute.
 */
export class RateLimit {
  /** So many requests in every minute. */
  public static perMinute(requests: number, options?: RateLimitOptions): RateLimit {
    return new RateLimit(requests, 60, options);
  }

  /** So many requests in every hour. */
  public static perHour(requests: number, options?: RateLimitOptions): RateLimit {
    return new RateLimit(requests, 3600, options);
  }

  /** So many requests in every day (UTC). */
  public static perDay(requests: number, options?: RateLimitOptions): RateLimit {
    return new RateLimit(requests, DAY_SECONDS, options);
  }

  /** So many requests in every window, which lasts whole seconds, a day at most. */
  public static per(window: Duration, requests: number, options?: RateLimitOptions): RateLimit {
    return new RateLimit(requests, window.toSeconds({ integral: false }), options);
  }

  /** Why a request that cannot be counted is let through; undefined where it is refused. */
  public readonly admitUncountedBecause?: string;

  private constructor(
    /** Requests in one window. */
    public readonly requests: number,
    /** Length of the window in seconds. */
    public readonly windowSeconds: number,
    options: RateLimitOptions = {},
  ) {
    demand('RATE_LIMIT', Number.isInteger(windowSeconds) && windowSeconds >= 1 && windowSeconds <= DAY_SECONDS, () => `a window of ${windowSeconds} seconds`);
    demand('RATE_LIMIT', Number.isInteger(requests) && requests >= 1 && requests <= MOST_PER_SECOND * windowSeconds, () => `${requests} in ${windowSeconds} seconds`);
    this.admitUncountedBecause = options.admitUncountedBecause === undefined ? undefined : recordedReason(options.admitUncountedBecause);
  }
}
