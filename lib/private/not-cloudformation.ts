import { DefaultStackSynthesizer, Fn, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Conditions of a statement that denies something to everybody but CloudFormation, which does what the template says.
 *
 * CloudFormation forwards the credentials that it was given; the role that a bootstrapped account gives it is named besides.
 */
export function notCloudFormation(scope: IConstruct): { [operator: string]: { [key: string]: string } } {
  const { synthesizer } = Stack.of(scope);
  return {
    'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' },
    ...(synthesizer instanceof DefaultStackSynthesizer && { ArnNotLike: { 'aws:PrincipalArn': Fn.sub(synthesizer.cloudFormationExecutionRoleArn) } }),
  };
}
