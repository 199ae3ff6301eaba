import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Acknowledges rules of a rule pack on one construct: rule id to the reason that a security reviewer reads. */
export function acknowledge(construct: IConstruct, reasons: { readonly [rule: string]: string }): void {
  const rules = Object.entries(reasons).map(([id, reason]) => ({ id, reason }));
  Validations.of(construct).acknowledge(...rules);
}
