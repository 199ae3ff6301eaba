import { IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** ARNs, at their longest, that fit into the 6,144 characters of a managed policy. */
const SECRETS_OF_A_POLICY = 30;

/** Permits a role actions on secrets, each by its own ARN, in as many managed policies as that takes. */
export function secretPolicies(scope: Construct, id: string, role: IRole, actions: string[], secrets: readonly ISecret[]): ManagedPolicy[] {
  const count = Math.ceil(secrets.length / SECRETS_OF_A_POLICY);
  return Array.from({ length: count }, (_, index) => {
    const some = secrets.slice(index * SECRETS_OF_A_POLICY, (index + 1) * SECRETS_OF_A_POLICY);
    return new ManagedPolicy(scope, `${id}${index}`, { roles: [role], statements: [new PolicyStatement({ actions, resources: some.map(({ secretArn }) => secretArn) })] });
  });
}
