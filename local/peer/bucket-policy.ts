import { LocalRefusal } from '../local-refusal';

/** What a condition compares with. */
type Value = string | number | boolean;

/** A statement of a bucket policy, without intrinsic functions. */
export interface BucketStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: Value | readonly Value[] } };
}

/** What a condition may ask of a request. */
export interface RequestFacts {
  readonly [key: string]: string | undefined;
}

type Operator = (value: string | undefined, expected: readonly string[]) => boolean;

/** Operators as IAM defines them: a negated one holds where the key is absent, any other does not. */
const OPERATORS: { readonly [name: string]: Operator } = {
  Bool: (value, expected) => value !== undefined && expected.includes(value),
  StringNotEquals: (value, expected) => value === undefined || !expected.includes(value),
  ArnNotEquals: (value, expected) => value === undefined || !expected.includes(value),
  // Without wildcards: what only those would exempt is denied here.
  ArnNotLike: (value, expected) => value === undefined || !expected.includes(value),
  'ForAllValues:StringNotEquals': (value, expected) => value === undefined || !expected.includes(value),
  NumericGreaterThan: (value, expected) => value !== undefined && expected.some((one) => Number(value) > Number(one)),
  NumericLessThan: (value, expected) => value !== undefined && expected.some((one) => Number(value) < Number(one)),
};

/** @throws LocalRefusal where a policy denies by a condition operator that is not emulated: that may not pass unnoticed */
export function assertEmulated(statements: readonly BucketStatement[]): void {
  statements.filter(({ Effect }) => Effect === 'Deny').flatMap(({ Condition = {} }) => Object.keys(Condition)).forEach(operatorOf);
}

/** True where a statement denies the action. */
export function isDenied(statements: readonly BucketStatement[], action: string, facts: RequestFacts): boolean {
  return statements.some(({ Effect, Action, Condition = {} }) => Effect === 'Deny' && list(Action).some((one) => one === 's3:*' || one === action)
    && Object.entries(Condition).every(([name, keys]) => Object.entries(keys).every(([key, expected]) => operatorOf(name)(facts[key], list(expected)))));
}

function operatorOf(name: string): Operator {
  const operator = OPERATORS[name];
  if (operator === undefined) throw new LocalRefusal('LOCAL_BUCKET_POLICY', 'a condition operator of a bucket policy is emulated', name, `one of ${Object.keys(OPERATORS).join(', ')}`);
  return operator;
}

function list(value: Value | readonly Value[]): readonly string[] {
  return [value].flat().map(String);
}
