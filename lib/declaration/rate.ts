import { demand } from '../private/refusal';

/** A steady request rate. */
export class Rate {
  /** So many requests in every second, a whole number of at least 1. */
  public static perSecond(requests: number): Rate {
    return new Rate(requests, 1);
  }

  /** So many requests in every minute, for rates below one in a second. */
  public static perMinute(requests: number): Rate {
    return new Rate(requests, 60);
  }

  private constructor(
    /** Requests in one window. */
    public readonly requests: number,
    /** Length of the window in seconds. */
    public readonly windowSeconds: number,
  ) {
    demand('RATE', Number.isInteger(requests) && requests >= 1, () => `${requests}`);
  }

  /** Requests in one second, possibly a fraction. */
  public get requestsPerSecond(): number {
    return this.requests / this.windowSeconds;
  }
}
