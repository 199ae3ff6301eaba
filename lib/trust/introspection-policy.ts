import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IntrospectionPolicy } from '../contract/authorizer-configuration';
import { Environment } from '../declaration/environment';
import { Introspection } from '../declaration/introspection';
import { partitionOf } from '../private/region-partition';

/** What the authorizer has to know to introspect; nothing where it does not. */
export function introspectionPolicy(introspection: Introspection | undefined): IntrospectionPolicy | undefined {
  return introspection && {
    endpoint: introspection.endpoint,
    clientId: introspection.clientId,
    secretName: introspection.clientSecretName,
    cacheSeconds: introspection.cacheFor.toSeconds(),
    issuerRequired: introspection.otherHostReason !== undefined,
  };
}

/** What the authorizer may do to introspect: read the one secret, and decrypt it where a key of the team's encrypts it. */
export function introspectionStatements({ account, region, identityProvider }: Environment): PolicyStatement[] {
  const { introspection } = identityProvider;
  if (introspection === undefined) return [];
  // Secrets Manager ends each ARN with six characters of its own; question marks stand for these and for no longer name.
  const secret = `arn:${partitionOf(region)}:secretsmanager:${region}:${account}:secret:${introspection.clientSecretName}-??????`;
  const key = introspection.clientSecretKeyArn;
  return [
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret] }),
    ...key === undefined ? [] : [new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [key],
      conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
    })],
  ];
}
