import { recordedReason } from './recorded-reason';

/** What becomes of a request with a query parameter that its operation does not declare. */
export class UnknownParameters {
  /** The request is refused: what nobody described, nobody validates. */
  public static readonly REFUSED = new UnknownParameters();

  /**
   * The parameter is passed on as it came, and the service must ignore it or check it.
   *
   * @param reason who accepted it, and why; the evidence shows it
   */
  public static accepted(reason: string): UnknownParameters {
    return new UnknownParameters(recordedReason(reason));
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
