import { Duration, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnPermission, IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IDependable } from 'constructs';
import { DUTY_TAG } from '../private/confined-function';
import { notCloudFormation } from '../private/not-cloudformation';

/** Actions that change what a secret holds. */
export const SECRET_WRITES = ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'];

/** Whoever may read or write every secret of the account may still not touch this one: only roles of these duties may. */
export function reserve(secret: Secret, actions: string[], duties: string[]): void {
  secret.addToResourcePolicy(new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions,
    resources: ['*'],
    conditions: { StringNotEquals: { [`aws:PrincipalTag/${DUTY_TAG}`]: duties } },
  }));
}

/**
 * Closes the ways around what is reserved: `UpdateSecret` takes a value too, and a replica in another Region has a policy of its own.
 *
 * CloudFormation updates what the template says of a secret.
 */
export function confine(secret: Secret): void {
  const everybody = { effect: Effect.DENY, principals: [new AnyPrincipal()], resources: ['*'] };
  secret.addToResourcePolicy(new PolicyStatement({ ...everybody, actions: ['secretsmanager:UpdateSecret'], conditions: notCloudFormation(secret) }));
  secret.addToResourcePolicy(new PolicyStatement({ ...everybody, actions: ['secretsmanager:ReplicateSecretToRegions'] }));
}

/** What a rotation does to the secret whose value it replaces. */
export const SECRET_ROTATION = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', ...SECRET_WRITES];

/** Lets a rotation function use a key, through Secrets Manager only. */
export function permitKey(policy: ManagedPolicy, key: IKey): void {
  policy.addStatements(new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn], conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(policy).region}.amazonaws.com` } } }));
}

/**
 * Lets Secrets Manager invoke a rotation function for the secrets of an ARN.
 *
 * The L2 schedule would add a permission that any account's secret could use.
 */
export function permitInvocation(scope: Construct, rotation: IFunction, sourceArn: string): CfnPermission {
  return new CfnPermission(scope, 'RotationPermission', {
    action: 'lambda:InvokeFunction',
    functionName: rotation.functionArn,
    principal: 'secretsmanager.amazonaws.com',
    sourceArn,
    sourceAccount: Stack.of(scope).account,
  });
}

/** Rotates a secret on a schedule, for the first time at deployment, once the rotation may do what it does. */
export function schedule(scope: Construct, secret: Secret, rotation: IFunction, period: Duration, permissions: readonly IDependable[]): void {
  const days = period.toDays();
  new CfnRotationSchedule(scope, 'Schedule', {
    secretId: secret.secretArn,
    rotationLambdaArn: rotation.functionArn,
    rotationRules: { scheduleExpression: days === 1 ? 'rate(1 day)' : `rate(${days} days)` },
  }).node.addDependency(...permissions);
}
