import type { AssemblyResource, EnvironmentAssembly } from '../local/assembly/environment-assembly';
import { webAclArnOf } from '../local/domain/domain-reader';

/** What one address may ask in a window, and where. */
export interface AddressLimit {
  readonly requests: number;
  readonly windowSeconds: number;
  /** Whether a request counts. */
  readonly counts: (method: string, path: string) => boolean;
}

interface Statement { readonly [kind: string]: unknown }
interface Rule { readonly Name: string; readonly Action?: { readonly Block?: object }; readonly Statement: Statement }
interface RateBased { readonly Limit: number | string; readonly EvaluationWindowSec?: number | string; readonly ScopeDownStatement?: Statement }
interface PathMatch { readonly FieldToMatch?: { readonly UriPath?: object }; readonly RegexString?: string }

/** Most that an API takes where nothing says less: what a web ACL inspects. */
const INSPECTED_BYTES = 64 * 1024;

/** What one address may ask of a domain name, by the web ACLs of its stages. */
export function addressLimits(assembly: EnvironmentAssembly, stages: readonly AssemblyResource[]): AddressLimit[] {
  const rules = new Map(stages.flatMap((stage) => webAclRules(assembly, stage)).map((rule) => [rule.Name, rule]));
  return [...rules.values()].flatMap(({ Statement: statement, Action }) => {
    const rate = statement.RateBasedStatement as RateBased | undefined;
    if (rate === undefined || Action?.Block === undefined) return [];
    return [{ requests: Number(rate.Limit), windowSeconds: Number(rate.EvaluationWindowSec ?? 300), counts: (method: string, path: string) => inScope(rate.ScopeDownStatement, method, path) }];
  });
}

/**
 * Largest body that a web ACL lets through below a base path.
 *
 * Where no rule of the web ACL measures bodies, what it inspects is expected all the same: a missing rule is no permission.
 */
export function bodyLimit(assembly: EnvironmentAssembly, stage: AssemblyResource, basePath: string): number | 'unlimited' {
  const measured = webAclRules(assembly, stage).flatMap(({ Statement: statement }) => sizeRule(statement));
  if (measured.length === 0) return INSPECTED_BYTES;
  return measured.filter(({ except }) => except === undefined || !except.test(basePath)).map(({ bytes }) => bytes).sort((a, b) => a - b)[0] ?? 'unlimited';
}

function webAclRules(assembly: EnvironmentAssembly, stage: AssemblyResource): readonly Rule[] {
  const arn = webAclArnOf(assembly, stage);
  const webAcl = arn === undefined ? undefined : assembly.resources('AWS::WAFv2::WebACL').find((candidate) => candidate.attribute('Arn') === arn);
  return (webAcl?.properties.Rules ?? []) as unknown as readonly Rule[];
}

/** A scope of methods and paths; what is neither is taken for everything, since asking too little is safe. */
function inScope(scope: Statement | undefined, method: string, path: string): boolean {
  const parts = (scope?.AndStatement as { readonly Statements?: readonly Statement[] } | undefined)?.Statements;
  if (parts !== undefined) return parts.every((part) => inScope(part, method, path));
  const byte = scope?.ByteMatchStatement as { readonly FieldToMatch?: { readonly Method?: object }; readonly PositionalConstraint?: string; readonly SearchString?: string } | undefined;
  if (byte?.FieldToMatch?.Method !== undefined && byte.PositionalConstraint === 'EXACTLY') return byte.SearchString === method;
  return pathPattern(scope)?.test(path) ?? true;
}

/** `body > N`, alone or with the base paths that it does not hold for. */
function sizeRule(statement: Statement): { readonly bytes: number; readonly except?: RegExp }[] {
  const parts = (statement.AndStatement as { readonly Statements?: readonly Statement[] } | undefined)?.Statements ?? [statement];
  const sizes = parts.flatMap((part) => {
    const size = part.SizeConstraintStatement as { readonly Size: number | string; readonly ComparisonOperator: string; readonly FieldToMatch?: { readonly Body?: object } } | undefined;
    return size?.FieldToMatch?.Body !== undefined && size.ComparisonOperator === 'GT' && Number(size.Size) > 0 ? [Number(size.Size)] : [];
  });
  const except = parts.map((part) => pathPattern((part.NotStatement as { readonly Statement?: Statement } | undefined)?.Statement)).find((pattern) => pattern !== undefined);
  return sizes.map((bytes) => ({ bytes, except }));
}

function pathPattern(statement: Statement | undefined): RegExp | undefined {
  const match = statement?.RegexMatchStatement as PathMatch | undefined;
  return match?.FieldToMatch?.UriPath === undefined || match.RegexString === undefined ? undefined : new RegExp(match.RegexString);
}
