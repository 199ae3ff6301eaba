import { recordedReason } from './recorded-reason';

/** What becomes of a request body with a property that its schema calls read-only. */
export class ReadOnlyProperties {
  /** The body is refused: what only the service sets, no caller sets by sending it along. */
  public static readonly REFUSED = new ReadOnlyProperties();

  /**
   * The property is passed on as any other, and the service must ignore it: for clients that send back what they read.
   *
   * @param reason who accepted it, and why; the evidence shows it
   */
  public static accepted(reason: string): ReadOnlyProperties {
    return new ReadOnlyProperties(recordedReason(reason));
  }

  private constructor(
    /** Why they are accepted; undefined where they are not. */
    public readonly reason?: string,
  ) {}

  /** True when they reach the service. */
  public get isAccepted(): boolean {
    return this.reason !== undefined;
  }
}
