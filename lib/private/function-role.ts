import { AddToPrincipalPolicyResult, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * The role of a function, without inline policies.
 *
 * What the function needs to run is in one managed policy and what is granted to it in another: an exception that was
 * acknowledged for the first one covers no grant.
 */
export class FunctionRole extends Role {
  private granted?: ManagedPolicy;
  private acceptsGrants = false;

  public constructor(private readonly owner: Construct, id: string, policy: ManagedPolicy) {
    super(owner, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [policy] });
  }

  /** Until then grants are dropped: what the function's own construct asks for is in its policy already. */
  public acceptGrants(): void {
    this.acceptsGrants = true;
  }

  public override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    if (!this.acceptsGrants) return { statementAdded: true };
    this.granted ??= new ManagedPolicy(this.owner, 'Grants', { roles: [this] });
    this.granted.addStatements(statement);
    return { statementAdded: true, policyDependable: this.granted };
  }
}
