/** How a consumer proves that an access token is its own, beyond showing it. */
export class ProofOfPossession {
  /**
   * DPoP (RFC 9449): its access tokens are bound to a key (`cnf.jkt`), and each request carries a proof that this key signed.
   *
   * A stolen token is worthless without the key, and a stolen request is worthless a second time.
   */
  public static readonly DPOP = new ProofOfPossession('DPoP');

  private constructor(private readonly method: string) {}

  /** The name of the method. */
  public toString(): string {
    return this.method;
  }
}
