/** Keys whose requests have all left the window are forgotten when there are so many. */
const MANY_KEYS = 10_000;

/**
 * Counts requests per key over a sliding window, exactly up to one above its limit.
 *
 * The platform estimates and lags by some seconds; the local gateway does not, so that a test is repeatable. No more times are
 * kept of a key than decide, so that a flood fills no memory.
 */
export class RateWindow {
  /** The key that was counted last stands last. */
  private readonly arrivals = new Map<string, number[]>();

  /**
   * @param seconds length of the window
   * @param limit number above which nobody asks by how much
   * @param now milliseconds since the epoch
   */
  constructor(private readonly seconds: number, private readonly limit: number, private readonly now: () => number = Date.now) {}

  /** Keys that are counted. */
  public get keys(): number {
    return this.arrivals.size;
  }

  /** Counts one request and gives the number in the window, this one included; one above the limit stands for every larger one. */
  public count(key: string): number {
    const time = this.now();
    const gone = time - this.seconds * 1000;
    const recent = this.arrivals.get(key) ?? [];
    recent.push(time);
    const first = recent.findIndex((arrival) => arrival > gone);
    recent.splice(0, Math.max(first, recent.length - this.limit - 1));
    this.arrivals.delete(key);
    this.arrivals.set(key, recent);
    if (this.arrivals.size > MANY_KEYS) this.forget(gone);
    return recent.length;
  }

  private forget(gone: number): void {
    for (const [key, recent] of this.arrivals) {
      if (recent.at(-1)! > gone) return;
      this.arrivals.delete(key);
    }
  }
}
