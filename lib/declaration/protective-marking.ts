/** Whether payloads of an API service carry `X-Protective-Marking`. */
export class ProtectiveMarking {
  /** Every request and response carries the header; the gateway refuses a request without it. */
  public static required(): ProtectiveMarking {
    return new ProtectiveMarking(true);
  }

  /** The header may be absent. */
  public static optional(): ProtectiveMarking {
    return new ProtectiveMarking(false);
  }

  private constructor(
    /** True when a request without the header is refused. */
    public readonly isRequired: boolean,
  ) {}
}
