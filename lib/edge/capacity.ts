import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { MANAGED_CAPACITY } from './managed-capacity';

/** What a statement may hold that its capacity depends on. */
interface Definition {
  readonly name: string;
  readonly positionalConstraint: string;
  readonly sensitivityLevel?: string;
  readonly fieldToMatch: object;
  readonly textTransformations: readonly { readonly type: string }[];
  readonly statement: CfnWebACL.StatementProperty;
  readonly statements: readonly CfnWebACL.StatementProperty[];
  readonly scopeDownStatement?: CfnWebACL.StatementProperty;
  readonly customKeys?: readonly object[];
}

/** Units of a search by its positional constraint, and of an SQL search by its sensitivity. */
const SEARCH: { readonly [constraint: string]: number } = { EXACTLY: 2, STARTS_WITH: 2, ENDS_WITH: 2, CONTAINS: 10, CONTAINS_WORD: 10 };
const SQL: { readonly [sensitivity: string]: number } = { LOW: 20, HIGH: 30 };

const TRANSFORMATION = 10;
const ALL_QUERY_ARGUMENTS = 10;
const CUSTOM_KEY = 30;

/** Units of each kind of statement that the library writes, as AWS publishes them page by page (WAF developer guide, waf-rule-statements-list). */
const CAPACITIES: { readonly [kind: string]: (definition: Definition) => number | undefined } = {
  byteMatchStatement: (definition) => ofField(definition, SEARCH[definition.positionalConstraint]),
  sizeConstraintStatement: (definition) => ofField(definition, 1),
  regexMatchStatement: (definition) => ofField(definition, 3),
  sqliMatchStatement: (definition) => ofField(definition, SQL[definition.sensitivityLevel ?? 'LOW']),
  xssMatchStatement: (definition) => ofField(definition, 40),
  ipSetReferenceStatement: () => 1,
  geoMatchStatement: () => 1,
  labelMatchStatement: () => 1,
  andStatement: ({ statements }) => sum(statements),
  orStatement: ({ statements }) => sum(statements),
  notStatement: ({ statement }) => capacityOf(statement),
  rateBasedStatement: ({ customKeys = [], scopeDownStatement }) => 2 + CUSTOM_KEY * customKeys.length + sum(scopeDownStatement === undefined ? [] : [scopeDownStatement]),
  managedRuleGroupStatement: ({ name }) => MANAGED_CAPACITY[name],
};

/**
 * The web ACL capacity units of a statement.
 *
 * An upper bound for a whole web ACL: the platform may charge a transformation of the same part of a request once where several rules use it.
 */
export function capacityOf(statement: CfnWebACL.StatementProperty): number {
  const [kind = 'nothing', definition] = Object.entries(statement)[0] ?? [];
  const capacity = CAPACITIES[kind]?.(definition as Definition);
  if (capacity === undefined) throw new TypeError(`no capacity is known for a ${kind}: ${JSON.stringify(definition)}`);
  return capacity;
}

/** "If you use the request component JSON body, double the base cost. For each text transformation that you apply, add 10." */
function ofField({ fieldToMatch, textTransformations }: Definition, base: number | undefined): number | undefined {
  if (base === undefined) return undefined;
  const [field] = Object.keys(fieldToMatch);
  return base * (field === 'jsonBody' ? 2 : 1) + (field === 'allQueryArguments' ? ALL_QUERY_ARGUMENTS : 0) + TRANSFORMATION * textTransformations.filter(({ type }) => type !== 'NONE').length;
}

function sum(statements: readonly CfnWebACL.StatementProperty[]): number {
  return statements.reduce((total, statement) => total + capacityOf(statement), 0);
}
