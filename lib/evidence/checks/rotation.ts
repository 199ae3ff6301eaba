import type { Condition } from '../condition';

/** A schedule that has a time, and a function of the environment that it calls. */
export const ROTATED: readonly Condition[] = [
  { path: 'RotationRules.ScheduleExpression', matches: '^rate\\([1-9]\\d* days?\\)$' },
  { path: 'RotationLambdaARN', refersTo: [{ path: '$type', equals: 'AWS::Lambda::Function' }] },
];
