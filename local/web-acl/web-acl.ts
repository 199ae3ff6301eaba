import { LocalRefusal } from '../local-refusal';
import type { InspectedRequest } from './inspected-request';
import { compileStatement, type Evaluation, type Matcher, type StatementContext } from './statement';

/** What a web ACL decided. A block without `response` is answered by the gateway response WAF_FILTERED. */
export interface WebAclDecision {
  readonly blocked: boolean;
  /** Name of the rule that ended the evaluation; none where the default action did. */
  readonly rule?: string;
  readonly response?: BlockResponse;
  /** Headers that count and allow actions add to the request, `x-amzn-waf-` prefix included. */
  readonly insertHeaders: readonly (readonly [string, string])[];
  /** Labels that its rules gave. */
  readonly labels: readonly string[];
}

/** A custom response of a block action. */
export interface BlockResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

interface NamedValue { readonly Name: string; readonly Value: string }
interface CustomResponse { readonly ResponseCode: number | string; readonly CustomResponseBodyKey?: string; readonly ResponseHeaders?: readonly NamedValue[] }
interface Action {
  readonly Allow?: { readonly CustomRequestHandling?: { readonly InsertHeaders: readonly NamedValue[] } };
  readonly Count?: { readonly CustomRequestHandling?: { readonly InsertHeaders: readonly NamedValue[] } };
  readonly Block?: { readonly CustomResponse?: CustomResponse };
  readonly Captcha?: object;
  readonly Challenge?: object;
}
interface Rule { readonly Name: string; readonly Priority: number; readonly Action?: Action; readonly Statement: { readonly [key: string]: unknown }; readonly RuleLabels?: readonly { readonly Name: string }[] }

/** Resolved properties of an `AWS::WAFv2::WebACL`. */
export interface WebAclProperties {
  readonly DefaultAction: Action;
  readonly Rules?: readonly Rule[];
  readonly CustomResponseBodies?: { readonly [key: string]: { readonly ContentType: string; readonly Content: string } };
  readonly AssociationConfig?: { readonly RequestBody?: { readonly API_GATEWAY?: { readonly DefaultSizeInspectionLimit?: string } } };
}

const CONTENT_TYPES: { readonly [type: string]: string } = { APPLICATION_JSON: 'application/json', TEXT_PLAIN: 'text/plain', TEXT_HTML: 'text/html' };

/**
 * Evaluates a synthesized web ACL: rules by ascending priority until an allow or block action ends it.
 *
 * Managed rule groups and geography are not emulated: their rules never match, and `notEmulated` names them.
 */
export class WebAcl {
  /** What this web ACL holds that the local gateway does not emulate: kind, and name where it has one. */
  public readonly notEmulated: readonly (readonly [kind: string, name: string])[];
  /** Names of the rules that are emulated, in order of evaluation. */
  public readonly emulated: readonly string[];
  private readonly rules: readonly { readonly rule: Rule; readonly matches: Matcher }[];
  private readonly bodyLimit: number;

  constructor(private readonly properties: WebAclProperties, context: Omit<StatementContext, 'notEmulated'>, private readonly labelled: (labels: readonly string[], request: InspectedRequest) => void = () => undefined) {
    const missing: (readonly [string, string])[] = [];
    const incomplete = new Set<string>();
    this.rules = [...properties.Rules ?? []].sort((a, b) => Number(a.Priority) - Number(b.Priority)).map((rule) => {
      for (const name of ['Captcha', 'Challenge'] as const) {
        if (rule.Action?.[name] !== undefined) missing.push([`${name.toLowerCase()} actions`, rule.Name]);
      }
      const notEmulated = (kind: string, name: string): void => { missing.push([kind, name]); incomplete.add(rule.Name); };
      return { rule, matches: compileStatement(rule.Statement, { ...context, notEmulated }) };
    });
    this.notEmulated = missing;
    this.emulated = this.rules.map(({ rule }) => rule.Name).filter((name) => !incomplete.has(name));
    const limit = properties.AssociationConfig?.RequestBody?.API_GATEWAY?.DefaultSizeInspectionLimit ?? 'KB_16';
    this.bodyLimit = Number(/^KB_(\d+)$/.exec(limit)?.[1] ?? NaN) * 1024;
    if (Number.isNaN(this.bodyLimit)) throw new LocalRefusal('LOCAL_WEB_ACL', 'the body inspection limit is known', limit, 'KB_16, KB_32, KB_48 or KB_64');
  }

  /** Decides on one request. */
  public evaluate(request: InspectedRequest): WebAclDecision {
    const evaluation = { request, bodyLimit: this.bodyLimit, labels: new Set<string>() };
    const inserted = new Map<string, [string, string]>();
    const decision = this.decide(evaluation, inserted);
    const labels = [...evaluation.labels];
    if (labels.length > 0) this.labelled(labels, request);
    return { ...decision, insertHeaders: [...inserted.values()], labels };
  }

  private decide(evaluation: Evaluation, inserted: Map<string, [string, string]>): Pick<WebAclDecision, 'blocked' | 'rule' | 'response'> {
    for (const { rule, matches } of this.rules) {
      if (matches(evaluation) !== true) continue;
      for (const { Name } of rule.RuleLabels ?? []) evaluation.labels.add(Name);
      const action = rule.Action ?? {};
      insert(inserted, (action.Count ?? action.Allow)?.CustomRequestHandling?.InsertHeaders ?? []);
      if (action.Block !== undefined) return { blocked: true, rule: rule.Name, response: this.response(action.Block.CustomResponse) };
      if (action.Allow !== undefined) return { blocked: false, rule: rule.Name };
    }
    const { Allow: allow, Block: block } = this.properties.DefaultAction;
    insert(inserted, allow?.CustomRequestHandling?.InsertHeaders ?? []);
    return block === undefined ? { blocked: false } : { blocked: true, response: this.response(block.CustomResponse) };
  }

  private response(custom: CustomResponse | undefined): BlockResponse | undefined {
    if (custom === undefined) return undefined;
    const body = custom.CustomResponseBodyKey === undefined ? undefined : this.properties.CustomResponseBodies?.[custom.CustomResponseBodyKey];
    return {
      status: Number(custom.ResponseCode),
      headers: [
        ...body === undefined ? [] : [['content-type', CONTENT_TYPES[body.ContentType] ?? 'text/plain'] as const],
        ...(custom.ResponseHeaders ?? []).map(({ Name, Value }) => [Name, Value] as const),
      ],
      body: body?.Content ?? '',
    };
  }
}

/** Of headers of one name the last one that a rule gives is inserted. */
function insert(headers: Map<string, [string, string]>, given: readonly NamedValue[]): void {
  for (const { Name, Value } of given) headers.set(Name.toLowerCase(), [`x-amzn-waf-${Name}`, Value]);
}
