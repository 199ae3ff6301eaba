import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

type Statement = CfnWebACL.StatementProperty;

/** Longest regular expression that a web ACL takes. */
const LONGEST = 512;

/** Capacity units of a regular expression, and of a text transformation. */
const REGEX_CAPACITY = 3;
const TRANSFORMATION_CAPACITY = 10;

export const PLAIN = [{ priority: 0, type: 'NONE' }];
const LOWER_CASE = [{ priority: 0, type: 'LOWERCASE' }];

/** A pattern around alternatives. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
  /** Compare without regard to case. */
  readonly lowerCase?: boolean;
}

/** Matches any of several patterns, in as many regular expressions as their length takes. No pattern matches the empty text only. */
export function matchAny(fieldToMatch: CfnWebACL.FieldToMatchProperty, alternatives: readonly string[], { before, after, lowerCase = false }: Surroundings): { statement: Statement; capacity: number } {
  const room = LONGEST - before.length - after.length;
  const expressions = joined(alternatives, room).map((pattern) => `${before}${pattern}${after}`);
  const statements = (expressions.length > 0 ? expressions : ['^$']).map((regexString): Statement => ({ regexMatchStatement: { fieldToMatch, regexString, textTransformations: lowerCase ? LOWER_CASE : PLAIN } }));
  const [only] = statements;
  return {
    statement: statements.length === 1 && only !== undefined ? only : { orStatement: { statements } },
    capacity: statements.length * (REGEX_CAPACITY + (lowerCase ? TRANSFORMATION_CAPACITY : 0)),
  };
}

function joined(alternatives: readonly string[], room: number): string[] {
  const groups: string[] = [];
  for (const alternative of alternatives) {
    const longer = `${groups.at(-1) ?? ''}|${alternative}`;
    if (groups.length > 0 && longer.length <= room) groups[groups.length - 1] = longer;
    else groups.push(alternative);
  }
  return groups;
}
