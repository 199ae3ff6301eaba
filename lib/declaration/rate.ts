import { demand } from '../private/refusal';

/** A steady request rate, with the burst that is allowed on top. */
export class Rate {
  public static perSecond(requests: number): Rate {
    return new Rate(requests, 1);
  }

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
