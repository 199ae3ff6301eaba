import { LocalRefusal } from '../local-refusal';
import { fieldReader } from './field-to-match';
import { RateWindow } from './rate-window';
import type { Evaluation, Matcher } from './statement';
import { textTransformation } from './text-transformation';

type Json = { readonly [key: string]: unknown };

/** A `RateBasedStatement`; the window is 300 seconds where none is set. */
export interface RateStatement {
  readonly Limit: number;
  readonly AggregateKeyType: string;
  readonly EvaluationWindowSec?: number;
  readonly CustomKeys?: readonly { readonly [name: string]: Json }[];
  readonly ForwardedIPConfig?: Json;
  readonly ScopeDownStatement?: Json;
}

/** One part of the key that requests are counted by; `undefined` leaves the request uncounted. */
type KeyPart = (evaluation: Evaluation) => string | undefined;

const FIELD_KEYS: { readonly [name: string]: (key: Json) => Json } = {
  Header: ({ Name }) => ({ SingleHeader: { Name } }),
  QueryArgument: ({ Name }) => ({ SingleQueryArgument: { Name } }),
  Cookie: ({ Name }) => ({ Cookies: { MatchPattern: { IncludedCookies: [Name] }, MatchScope: 'VALUE' } }),
  QueryString: () => ({ QueryString: {} }),
  UriPath: () => ({ UriPath: {} }),
};

function keyPart(key: { readonly [name: string]: Json }): KeyPart {
  const [name, definition = {}] = Object.entries(key)[0] ?? ['nothing'];
  if (name === 'IP') return ({ request }) => request.sourceIp;
  if (name === 'HTTPMethod') return ({ request }) => request.method;
  if (name === 'LabelNamespace') {
    const namespace = String(definition.Namespace);
    return ({ labels }) => [...labels].find((label) => label.startsWith(namespace));
  }
  const field = FIELD_KEYS[name];
  if (field === undefined) throw new LocalRefusal('LOCAL_WEB_ACL', 'a rate rule counts by a known key', name, `one of IP, HTTPMethod, LabelNamespace, ${Object.keys(FIELD_KEYS).join(', ')}`);
  const read = fieldReader(field(definition));
  const transform = textTransformation(definition.TextTransformations as never);
  return ({ request, bodyLimit }) => {
    const texts = read(request, bodyLimit);
    return typeof texts === 'boolean' || texts[0] === undefined ? undefined : transform(texts[0]);
  };
}

const AGGREGATIONS: { readonly [type: string]: (statement: RateStatement) => readonly KeyPart[] } = {
  IP: () => [({ request }) => request.sourceIp],
  CONSTANT: () => [() => 'all'],
  CUSTOM_KEYS: ({ CustomKeys }) => (CustomKeys ?? []).map(keyPart),
};

/**
 * Compiles a rate rule: requests in scope are counted per key, and match from the first one above the limit.
 *
 * @throws LocalRefusal for an aggregation that is not emulated (forwarded addresses)
 */
export function rateMatcher(statement: RateStatement, scope: Matcher | undefined, now: () => number): Matcher {
  const parts = AGGREGATIONS[statement.AggregateKeyType]?.(statement);
  if (parts === undefined) {
    throw new LocalRefusal('LOCAL_WEB_ACL', 'a rate rule aggregates by a known key type', statement.AggregateKeyType, `one of ${Object.keys(AGGREGATIONS).join(', ')}`);
  }
  const window = new RateWindow(Number(statement.EvaluationWindowSec ?? 300), Number(statement.Limit), now);
  return (evaluation) => {
    if (scope !== undefined && scope(evaluation) !== true) return false;
    const key = parts.map((part) => part(evaluation));
    return key.includes(undefined) ? false : window.count(JSON.stringify(key)) > Number(statement.Limit);
  };
}
