/**
 * Counts requests per key over a sliding window, exactly.
 *
 * The platform estimates and lags by some seconds; the local gateway does not, so that a test is repeatable.
 */
export class RateWindow {
  private readonly arrivals = new Map<string, number[]>();

  /**
   * @param seconds length of the window
   * @param now milliseconds since the epoch
   */
  constructor(private readonly seconds: number, private readonly now: () => number = Date.now) {}

  /** Counts one request and gives the number in the window, this one included. */
  public count(key: string): number {
    const time = this.now();
    const recent = this.arrivals.get(key) ?? [];
    while (recent[0] !== undefined && recent[0] <= time - this.seconds * 1000) recent.shift();
    recent.push(time);
    this.arrivals.set(key, recent);
    return recent.length;
  }
}
