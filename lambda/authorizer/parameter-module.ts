import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { ParameterRule, ParameterRules } from '../../lib/contract/parameter-rule';
import type { GatewayRequest } from './gateway-request';
import { valueFault } from './parameter-value';

/** What is wrong with the parameters of a request, in words that hold nothing that the caller sent; nothing where they are good. */
export type ParameterQuestion = (rules: ParameterRules, request: GatewayRequest) => string | undefined;

/** What a bundle of its own, which lies beside the handler, gives to the handler. */
export interface ParameterModule {
  readonly parameterFault: ParameterQuestion;
}

type Values = { readonly [name: string]: readonly string[] };

/** What no decoder makes of valid percent-encoded UTF-8, and what ends a text for some who read it. */
const UNDECODABLE = /[\0\uFFFD]/;

export function parameterFault(rules: ParameterRules, request: GatewayRequest): string | undefined {
  return contentFault(rules, request) ?? pathFault(rules, request) ?? queryFault(rules, queryOf(request.event)) ?? headerFault(rules, request);
}

// As spelled in the description: whether the gateway finds the model of a type that is written in capitals, nobody says.
function contentFault({ content }: ParameterRules, request: GatewayRequest): string | undefined {
  if (content === undefined) {
    return undefined;
  }
  const types = request.header('content-type');
  if (types.length > 1) {
    return 'content type sent twice';
  }
  if (types.length === 1 && !content.some((type) => isOfType(types[0]!, type))) {
    return 'content type';
  }
  // Neither web ACL nor model looks into a compressed body.
  return request.header('content-encoding').some((coding) => coding !== 'identity') ? 'content coding' : undefined;
}

function isOfType(sent: string, type: string): boolean {
  if (!sent.startsWith(type)) {
    return false;
  }
  const parameters = sent.slice(type.length);
  return type.startsWith('multipart/') ? /^; ?boundary=[^;,]+$/.test(parameters) : /^(?:; ?charset=utf-8)?$/i.test(parameters);
}

function pathFault({ path = {} }: ParameterRules, { pathParameters }: GatewayRequest): string | undefined {
  for (const name of Object.keys(path)) {
    const text = decoded(own(pathParameters, name) ?? '');
    const fault = text === undefined ? 'encoding' : parameterRuleFault([text], path[name]!);
    if (fault !== undefined) {
      return `path parameter '${name}': ${fault}`;
    }
  }
  return undefined;
}

function queryFault({ query = {}, openQuery = [], anyQuery }: ParameterRules, sent: Values): string | undefined {
  for (const name of Object.keys(sent)) {
    if (!Object.hasOwn(query, name) && !openQuery.some((beginning) => name.startsWith(beginning)) && (anyQuery !== true || isLikeDeclared(name, query))) {
      return 'a query parameter that is not declared';
    }
  }
  for (const name of Object.keys(query)) {
    const fault = parameterRuleFault(own(sent, name) ?? [], query[name]!);
    if (fault !== undefined) {
      return `query parameter '${name}': ${fault}`;
    }
  }
  return undefined;
}

function headerFault({ header = {} }: ParameterRules, request: GatewayRequest): string | undefined {
  for (const name of Object.keys(header)) {
    const rule = header[name]!;
    const values = request.header(name);
    // Several lines of a list are one (RFC 9110, 5.3), and blanks around its commas are nothing.
    const fault = parameterRuleFault(rule.list === ',' && values.length > 0 ? [values.join(',').replace(/[ \t]*,[ \t]*/g, ',').trim()] : values, rule);
    if (fault !== undefined) {
      return `header parameter '${name}': ${fault}`;
    }
  }
  return undefined;
}

function parameterRuleFault(sent: readonly string[], rule: ParameterRule): string | undefined {
  if (sent.length === 0) {
    return rule.required ? 'required' : undefined;
  }
  if (sent.length > 1 && rule.list !== '&') {
    return 'sent twice';
  }
  if (sent.some((text) => UNDECODABLE.test(text))) {
    return 'encoding';
  }
  if (rule.mayBeEmpty && sent.every((text) => text === '')) {
    return undefined;
  }
  const values = rule.list === undefined || rule.list === '&' ? sent : sent[0]!.split(rule.list);
  return listFault(values, rule) ?? eachFault(values, rule);
}

function listFault(values: readonly string[], { minItems = 0, maxItems = Infinity, uniqueItems }: ParameterRule): string | undefined {
  if (values.length < minItems) {
    return 'minItems';
  }
  if (values.length > maxItems) {
    return 'maxItems';
  }
  return uniqueItems && new Set(values).size < values.length ? 'uniqueItems' : undefined;
}

function eachFault(values: readonly string[], { value }: ParameterRule): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  for (const text of values) {
    const fault = valueFault(text, value);
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

/** Where any name is let through, one that a service may take for a declared one is not: `Limit`, `limit[]`, ` limit`. */
function isLikeDeclared(name: string, query: object): boolean {
  const plain = likeness(name);
  return Object.keys(query).some((declared) => likeness(declared) === plain);
}

function likeness(name: string): string {
  return name.toLowerCase().replace(/\[[^\]]*\]?$/, '').replace(/[^a-z0-9]/g, '');
}

// Decoded by the gateway. It repeats the last value of each name in the first map; only a name that is nowhere else adds to what was sent.
function queryOf({ queryStringParameters, multiValueQueryStringParameters }: APIGatewayRequestAuthorizerEvent): Values {
  const several = multiValueQueryStringParameters ?? {};
  const query = Object.assign(Object.create(null) as object, several) as Record<string, readonly string[]>;
  for (const [name, value] of Object.entries(queryStringParameters ?? {})) {
    if (!Object.hasOwn(several, name)) {
      query[name] = [value ?? ''];
    }
  }
  return query;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function own<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
