/** Where access policies are evaluated. */
export class PolicyDecisionPoint {
  /** By Cedar inside the authorizer: no call leaves it, and nothing else has to be there for a decision. */
  public static readonly IN_AUTHORIZER = new PolicyDecisionPoint('in-authorizer');

  /**
   * By Amazon Verified Permissions: each decision is a call, for which AWS charges, and what it does not answer is refused.
   *
   * Policies are resources of the deployment, so that their changes stand in AWS CloudTrail and auditors read them in the account.
   */
  public static readonly VERIFIED_PERMISSIONS = new PolicyDecisionPoint('verified-permissions');

  private constructor(private readonly place: string) {}

  /** The name of the place. */
  public toString(): string {
    return this.place;
  }
}
