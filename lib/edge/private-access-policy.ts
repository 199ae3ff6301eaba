import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Lets requests in through one VPC endpoint and denies every other way.
 *
 * The principal is anyone because callers prove themselves with tokens, which the authorizer verifies.
 */
export function onlyThrough(vpcEndpointId: string): PolicyDocument {
  const everyone = { principals: [new AnyPrincipal()], actions: ['execute-api:Invoke'], resources: ['execute-api:/*'] };
  return new PolicyDocument({
    statements: [
      new PolicyStatement({ ...everyone, effect: Effect.ALLOW }),
      new PolicyStatement({ ...everyone, effect: Effect.DENY, conditions: { StringNotEquals: { 'aws:SourceVpce': vpcEndpointId } } }),
    ],
  });
}
