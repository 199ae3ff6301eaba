/**
 * Whether requests to an API service carry `X-Protective-Marking`.
 *
 * The gateway checks that the header of the request is there, not what it says; answers are the service's to mark.
 */
export class ProtectiveMarking {
  /** Every request carries the header; the gateway answers 400 to one without it. */
  public static required(): ProtectiveMarking {
    return new ProtectiveMarking(true);
  }

  /** A request may come without the header. */
  public static optional(): ProtectiveMarking {
    return new ProtectiveMarking(false);
  }

  private constructor(
    /** True when a request without the header is refused. */
    public readonly isRequired: boolean,
  ) {}
}
