import { LocalRefusal } from '../local-refusal';
import { AddressSet } from '../web-acl/address-set';
import { evaluatePolicy, policyPattern, type PolicyVerdict } from './policy-document';
import type { StageIdentity } from './proxy-event';

/** What a resource policy can ask about a request. */
export interface PolicyFacts {
  readonly sourceIp: string;
  /** VPC endpoint that the request came through. */
  readonly sourceVpce?: string;
}

type Condition = (facts: PolicyFacts) => boolean;
type Json = { readonly [member: string]: unknown };

/** Condition keys that are known here; a request has no other. */
const KEYS: { readonly [key: string]: (facts: PolicyFacts) => string | undefined } = {
  'aws:sourceip': ({ sourceIp }) => sourceIp,
  'aws:sourcevpce': ({ sourceVpce }) => sourceVpce,
  'aws:securetransport': () => 'true',
};

type Matches = (values: readonly string[]) => (value: string) => boolean;

const EQUAL: Matches = (values) => (value) => values.includes(value);
const LIKE: Matches = (values) => {
  const patterns = values.map(policyPattern);
  return (value) => patterns.some((pattern) => pattern.test(value));
};
const ADDRESS: Matches = (values) => {
  const addresses = new AddressSet(values.map((range) => range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`));
  return (value) => addresses.has(value);
};

/** Condition operators; a negated one holds where the request has no such key (IAM user guide, "Condition operators"). */
const OPERATORS: { readonly [operator: string]: { readonly matches: Matches; readonly negated?: boolean } } = {
  StringEquals: { matches: EQUAL }, StringNotEquals: { matches: EQUAL, negated: true },
  StringLike: { matches: LIKE }, StringNotLike: { matches: LIKE, negated: true },
  IpAddress: { matches: ADDRESS }, NotIpAddress: { matches: ADDRESS, negated: true },
  Bool: { matches: EQUAL },
};
const MEMBERS = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

/**
 * The resource policy of a REST API, for callers who sign nothing.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export class ResourcePolicy {
  private readonly statements: readonly { readonly statement: Json; readonly applies: Condition }[];

  /** @throws LocalRefusal for a member, a condition operator or a condition key that is not emulated */
  constructor(policy: Json, { region, accountId, apiId }: StageIdentity) {
    const statements = [policy.Statement ?? []].flat() as Json[];
    this.statements = statements.map((statement) => {
      const unknown = Object.keys(statement).find((member) => !MEMBERS.includes(member));
      if (unknown !== undefined) throw refusal('a member of its statements', unknown, MEMBERS);
      const principals = typeof statement.Principal === 'object' && statement.Principal !== null ? Object.values(statement.Principal as Json).flat() : [statement.Principal];
      const conditions = Object.entries((statement.Condition ?? {}) as Json).flatMap(([operator, keys]) => Object.entries(keys as Json).map(([key, values]) => condition(operator, key, [values].flat().map(String))));
      // "execute-api:/stage/method/path" stands for the ARN of the API that the policy is attached to.
      const resources = [statement.Resource].flat().map((resource) => String(resource).replace(/^execute-api:\//, `arn:aws:execute-api:${region}:${accountId}:${apiId}/`));
      return {
        statement: { ...statement, Resource: resources },
        // Whoever signs nothing is nobody but everybody.
        applies: (facts) => principals.includes('*') && conditions.every((holds) => holds(facts)),
      };
    });
  }

  /** What the policy says of one request, before any authorizer is asked. */
  public evaluate(methodArn: string, facts: PolicyFacts): PolicyVerdict {
    return evaluatePolicy({ Statement: this.statements.filter(({ applies }) => applies(facts)).map(({ statement }) => statement as never) }, methodArn);
  }
}

function condition(operator: string, key: string, values: readonly string[]): Condition {
  const known = OPERATORS[operator];
  if (known === undefined) throw refusal('a condition operator', operator, Object.keys(OPERATORS));
  const read = KEYS[key.toLowerCase()];
  if (read === undefined) throw refusal('a condition key', key, Object.keys(KEYS));
  const { negated = false } = known;
  const matches = known.matches(values);
  return (facts) => {
    const value = read(facts);
    return (value !== undefined && matches(value)) !== negated;
  };
}

function refusal(what: string, got: string, known: readonly string[]): LocalRefusal {
  return new LocalRefusal('LOCAL_RESOURCE_POLICY', `${what} of a resource policy is emulated`, got, `one of ${known.join(', ')}`);
}
