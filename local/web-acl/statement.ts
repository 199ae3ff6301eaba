import { LocalRefusal } from '../local-refusal';
import { fieldReader } from './field-to-match';
import type { InspectedRequest } from './inspected-request';
import { isLoopback, type AddressSet } from './address-set';
import { rateMatcher, type RateStatement } from './rate-statement';
import { textTransformation } from './text-transformation';

/** The request under evaluation, with the labels that earlier rules put on it. */
export interface Evaluation {
  readonly request: InspectedRequest;
  readonly bodyLimit: number;
  readonly labels: Set<string>;
}

/** Whether a request matches; `undefined` where the local gateway cannot know, which never counts as a match. */
export type Matcher = (evaluation: Evaluation) => boolean | undefined;

/** What statements refer to by ARN, and where they report what is not emulated. */
export interface StatementContext {
  readonly addressSet: (arn: string) => AddressSet;
  readonly patternSet: (arn: string) => readonly string[];
  readonly notEmulated: (kind: string, name: string) => void;
  readonly now: () => number;
  /** Puts the values of secrets in the place of dynamic references to them. */
  readonly secret?: (text: string) => string;
}

type Json = { readonly [key: string]: unknown };
type Compile = (statement: never, context: StatementContext) => Matcher;

interface TextStatement {
  readonly FieldToMatch: Json;
  readonly TextTransformations?: readonly { readonly Priority: number; readonly Type: string }[];
}

const SIZE_COMPARISONS: { readonly [operator: string]: (size: number, limit: number) => boolean } = {
  EQ: (size, limit) => size === limit, NE: (size, limit) => size !== limit,
  LE: (size, limit) => size <= limit, LT: (size, limit) => size < limit,
  GE: (size, limit) => size >= limit, GT: (size, limit) => size > limit,
};

const POSITIONS: { readonly [constraint: string]: (text: string, search: string) => boolean } = {
  EXACTLY: (text, search) => text === search,
  STARTS_WITH: (text, search) => text.startsWith(search),
  ENDS_WITH: (text, search) => text.endsWith(search),
  CONTAINS: (text, search) => text.includes(search),
  CONTAINS_WORD: (text, search) => new RegExp(`(?<![A-Za-z0-9_])${search.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z0-9_])`).test(text),
};

/** Start of the labels that managed rule groups give; those do not run here. */
const MANAGED_LABELS = 'awswaf:managed:';

const notEmulated = (name: string): Compile => (statement: Json, { notEmulated: report }) => {
  report(name, String(statement.Name ?? ''));
  return () => undefined;
};

/** Compilers by the member name of a `Statement`. */
const STATEMENTS: { readonly [name: string]: Compile } = {
  ByteMatchStatement: (statement: TextStatement & { SearchString?: string; SearchStringBase64?: string; PositionalConstraint: string }, { secret = (text) => text }) => {
    // Resolved late: web ACLs are made before secrets.
    const search = (): string => Buffer.from(secret(statement.SearchString ?? statement.SearchStringBase64 ?? ''), statement.SearchString === undefined ? 'base64' : 'utf8').toString('latin1');
    const position = POSITIONS[statement.PositionalConstraint];
    if (position === undefined) throw unknown('positional constraint', statement.PositionalConstraint, POSITIONS);
    return textMatcher(statement, (text) => position(text, search()));
  },
  SizeConstraintStatement: (statement: TextStatement & { ComparisonOperator: string; Size: number }) => {
    const compare = SIZE_COMPARISONS[statement.ComparisonOperator];
    if (compare === undefined) throw unknown('comparison operator', statement.ComparisonOperator, SIZE_COMPARISONS);
    return textMatcher(statement, (text) => compare(text.length, Number(statement.Size)));
  },
  RegexMatchStatement: (statement: TextStatement & { RegexString: string }) => {
    const pattern = regularExpression(statement.RegexString);
    return textMatcher(statement, (text) => pattern.test(text));
  },
  RegexPatternSetReferenceStatement: (statement: TextStatement & { Arn: string }, { patternSet }) => {
    const patterns = patternSet(statement.Arn).map(regularExpression);
    return textMatcher(statement, (text) => patterns.some((pattern) => pattern.test(text)));
  },
  IPSetReferenceStatement: (statement: { Arn: string; IPSetForwardedIPConfig?: { HeaderName: string } }, { addressSet, notEmulated: report }) => {
    if (statement.IPSetForwardedIPConfig !== undefined) {
      throw new LocalRefusal('LOCAL_WEB_ACL', 'an address set looks at the source address', 'IPSetForwardedIPConfig', 'a statement without it: a forwarded header is the caller\'s to write');
    }
    const addresses = addressSet(statement.Arn);
    if (addresses.reachesLoopback || addresses.isWritten) return ({ request }) => addresses.has(request.sourceIp);
    // Every local caller comes from this machine: a list without it would refuse them all, and show nothing.
    report('source addresses', addresses.ranges.join(' '));
    return ({ request: { sourceIp } }) => addresses.has(sourceIp) || (addresses.canHold(sourceIp) && isLoopback(sourceIp) ? undefined : false);
  },
  LabelMatchStatement: ({ Scope, Key }: { Scope: string; Key: string }, { notEmulated: report }) => {
    const ofManagedGroup = Key.startsWith(MANAGED_LABELS);
    if (ofManagedGroup) report('labels of managed rules', Key.split(':').at(-1)!);
    return ({ labels }) => {
      const found = [...labels].some((label) => Scope === 'NAMESPACE' ? `:${label}`.includes(`:${Key.replace(/:$/, '')}:`) : label === Key || label.endsWith(`:${Key}`));
      return ofManagedGroup && !found ? undefined : found;
    };
  },
  AndStatement: ({ Statements }: { Statements: readonly Json[] }, context) => {
    const parts = Statements.map((part) => compileStatement(part, context));
    return (evaluation) => {
      let all: boolean | undefined = true;
      for (const part of parts) {
        const result = part(evaluation);
        if (result === false) return false;
        all &&= result;
      }
      return all;
    };
  },
  OrStatement: ({ Statements }: { Statements: readonly Json[] }, context) => {
    const parts = Statements.map((part) => compileStatement(part, context));
    return (evaluation) => {
      let any: boolean | undefined = false;
      for (const part of parts) {
        const result = part(evaluation);
        if (result === true) return true;
        if (result === undefined) any = undefined;
      }
      return any;
    };
  },
  NotStatement: ({ Statement }: { Statement: Json }, context) => {
    const part = compileStatement(Statement, context);
    return (evaluation) => {
      const result = part(evaluation);
      return result === undefined ? undefined : !result;
    };
  },
  RateBasedStatement: (statement: RateStatement, context) => {
    const scope = statement.ScopeDownStatement === undefined ? undefined : compileStatement(statement.ScopeDownStatement, context);
    return rateMatcher(statement, scope, context.now);
  },
  ManagedRuleGroupStatement: notEmulated('managed rule groups'),
  RuleGroupReferenceStatement: notEmulated('rule group references'),
  GeoMatchStatement: notEmulated('geo match'),
  AsnMatchStatement: notEmulated('autonomous system match'),
  SqliMatchStatement: notEmulated('SQL injection match'),
  XssMatchStatement: notEmulated('cross-site scripting match'),
};

/**
 * Compiles one `Statement` of a rule.
 *
 * @throws LocalRefusal for a statement that is neither emulated nor on the list of those that are known not to be
 */
export function compileStatement(statement: Json, context: StatementContext): Matcher {
  const [name, definition] = Object.entries(statement)[0] ?? ['nothing', {}];
  const compile = STATEMENTS[name];
  if (compile === undefined) throw unknown('statement', name, STATEMENTS);
  return compile(definition as never, context);
}

function textMatcher(statement: TextStatement, matches: (text: string) => boolean): Matcher {
  const read = fieldReader(statement.FieldToMatch);
  const transform = textTransformation(statement.TextTransformations);
  return ({ request, bodyLimit }) => {
    const inspection = read(request, bodyLimit);
    return typeof inspection === 'boolean' ? inspection : inspection.some((text) => matches(transform(text)));
  };
}

function regularExpression(source: string): RegExp {
  const [, flags = '', pattern = source] = /^\(\?([ims]+)\)([\s\S]*)$/.exec(source) ?? [];
  try {
    return new RegExp(pattern, flags);
  } catch {
    throw new LocalRefusal('LOCAL_WEB_ACL', 'a regular expression is also valid in JavaScript', source, 'a pattern without PCRE-only syntax');
  }
}

function unknown(kind: string, got: string, table: object): LocalRefusal {
  return new LocalRefusal('LOCAL_WEB_ACL', `a ${kind} of a web ACL is known`, got, `one of ${Object.keys(table).join(', ')}`);
}
