import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

type Statement = CfnWebACL.StatementProperty;

/** Longest regular expression that a web ACL takes. */
const LONGEST = 512;

export const PLAIN = [{ priority: 0, type: 'NONE' }];

/** A pattern around alternatives. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
  /** What is done to the text before: `LOWERCASE`, `URL_DECODE`; nothing where it is absent. */
  readonly transformation?: string;
}

/** Matches any of several patterns, in as many regular expressions as their length takes. No pattern matches the empty text only. */
export function matchAny(fieldToMatch: CfnWebACL.FieldToMatchProperty, alternatives: readonly string[], { before, after, transformation }: Surroundings): Statement {
  const room = LONGEST - before.length - after.length;
  const expressions = joined(alternatives, room).map((pattern) => `${before}${pattern}${after}`);
  const statements = (expressions.length > 0 ? expressions : ['^$']).map((regexString): Statement => ({ regexMatchStatement: { fieldToMatch, regexString, textTransformations: transformation === undefined ? PLAIN : [{ priority: 0, type: transformation }] } }));
  const [only] = statements;
  return statements.length === 1 && only !== undefined ? only : { orStatement: { statements } };
}

/** Matches requests below any of several base paths; percent-encoding must not lead around it. */
export function below(basePaths: readonly string[]): Statement {
  return matchAny({ uriPath: {} }, basePaths, { before: '^/(', after: ')(/|$)', transformation: 'URL_DECODE' });
}

/** A text as a regular expression that matches it only. */
export function literal(text: string): string {
  return text.replace(/[.+*?^${}()|[\]\\]/g, '\\$&');
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
