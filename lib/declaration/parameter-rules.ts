import { ParameterRule, ParameterRules } from '../contract/parameter-rule';
import { ApiService } from './api-service';
import { HttpMethod } from './http-method';
import { Operation, Parameter } from './operation';
import { ParameterLocation } from './parameter-location';
import { Route } from './partition';
import { Schema, ValueRules, isSchema } from './value-rule';

/** What the authorizer checks of the parameters of one operation, and what of their description nobody does. */
export interface CheckedParameters {
  readonly rules: ParameterRules;
  readonly notEnforced: string[];
}

type Draft = { -readonly [Member in keyof ParameterRules]: ParameterRules[Member] };
type Rule = { -readonly [Member in keyof ParameterRule]: ParameterRule[Member] };

/** How parameters are written when the declaration does not say. */
const DEFAULT_STYLE: { readonly [location in ParameterLocation]: string } = { path: 'simple', query: 'form', header: 'simple' };

/** What stands between the values of a list, by location and style, unless each is a parameter of its own. */
const DELIMITERS: { readonly [style: string]: ParameterRule['list'] } = {
  'path simple': ',', 'header simple': ',', 'query form': ',', 'query spaceDelimited': ' ', 'query pipeDelimited': '|',
};

/** Methods whose requests may have a body, although an operation declares none. */
const TAKES_BODY: ReadonlySet<HttpMethod> = new Set([HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE]);

/** Keywords of lists that no rule has. */
const MISSING_OF_LISTS = ['prefixItems', 'contains', 'unevaluatedItems', 'allOf', 'anyOf', 'oneOf', 'not'];

/** The rules for the parameters of an operation; path parameters by the gateway's names. */
export function parameterRules(service: ApiService, { operation, parameters: named }: Route): CheckedParameters {
  const reader = new ParameterReader(service.schemas);
  for (const parameter of operation.parameters) reader.read(parameter);
  const { path, ...rules } = reader.rules;
  const fromPath = [...named].flatMap(([declared, name]): [string, ParameterRule][] => (path?.[declared] ? [[name, path[declared]]] : []));
  return {
    rules: { ...(fromPath.length > 0 && { path: Object.fromEntries(fromPath) }), ...rules, ...(service.unknownParameters.isAccepted && { anyQuery: true as const }), ...contentOf(operation) },
    notEnforced: reader.notEnforced,
  };
}

/** True where the gateway looks for a parameter of exactly this name with a value that is not blank. */
export function isSeenByGateway(service: ApiService, parameter: Parameter): boolean {
  if (parameter.location !== ParameterLocation.QUERY) return true;
  const values = new ValueRules(service.schemas);
  return parameter.mayBeEmpty !== true && !(isSpread(parameter) && values.typesOf(values.flat(parameter.schema)).includes('object'));
}

function contentOf({ method, content }: Operation): Pick<ParameterRules, 'content'> {
  return content.length > 0 || TAKES_BODY.has(method) ? { content: content.map(({ mediaType }) => mediaType) } : {};
}

class ParameterReader {
  public readonly rules: Draft = {};
  public readonly notEnforced: string[] = [];

  public constructor(private readonly schemas: { readonly [name: string]: unknown }) {}

  public read(parameter: Parameter): void {
    const values = new ValueRules(this.schemas);
    const schema = values.flat(parameter.schema);
    const types = values.typesOf(schema);
    if (types.includes('object')) this.object(parameter, schema, types, values);
    else this.add(parameter, parameter.name, this.rule(parameter, schema, types, values));
    if (values.missing.length > 0) this.notEnforced.push(`${titleOf(parameter)} is not checked for ${[...new Set(values.missing)].join(', ')}`);
  }

  private rule(parameter: Parameter, schema: Schema, types: readonly string[], values: ValueRules): ParameterRule {
    const required = parameter.required === true && parameter.mayBeEmpty === true && parameter.location === ParameterLocation.QUERY;
    const rule: Rule = { ...(required && { required: true }), ...(parameter.mayBeEmpty === true && { mayBeEmpty: true }) };
    const style = parameter.style ?? DEFAULT_STYLE[parameter.location];
    const delimiter = DELIMITERS[`${parameter.location} ${style}`];
    if (types.includes('array') && types.length > 1) {
      values.missing.push(`type ${types.join(' or ')}`);
      return { ...rule, list: '&' };
    }
    if (delimiter === undefined) {
      values.missing.push(`style ${style}`, ...(types.length > 0 ? [`type ${types.join(' or ')}`] : []));
      return { ...rule, list: '&' };
    }
    if (types[0] !== 'array') return { ...rule, ...this.value(schema, values) };
    this.list(schema, values, rule);
    return { ...rule, list: parameter.location === ParameterLocation.QUERY && isSpread(parameter) ? '&' : delimiter };
  }

  private list(schema: Schema, values: ValueRules, rule: Rule): void {
    if (typeof schema.minItems === 'number') rule.minItems = schema.minItems;
    if (typeof schema.maxItems === 'number') rule.maxItems = schema.maxItems;
    if (schema.uniqueItems === true) rule.uniqueItems = true;
    values.missing.push(...MISSING_OF_LISTS.filter((keyword) => schema[keyword] !== undefined));
    if (schema.items !== undefined) Object.assign(rule, this.value(schema.items, values));
  }

  private value(schema: unknown, values: ValueRules): Pick<ParameterRule, 'value'> {
    const value = values.rule(schema);
    return Object.keys(value).length > 0 ? { value } : {};
  }

  /** Properties that come as query parameters of their own are checked as such; how else objects are written is not read. */
  private object(parameter: Parameter, schema: Schema, types: readonly string[], values: ValueRules): void {
    const deep = parameter.style === 'deepObject';
    if (parameter.location !== ParameterLocation.QUERY || types.length > 1 || !isSpread(parameter)) {
      values.missing.push(`type ${types.join(' or ')}`);
      this.add(parameter, parameter.name, { list: '&' });
      return;
    }
    const properties = Object.entries(isSchema(schema.properties) ? schema.properties : {});
    const required = parameter.required === true && Array.isArray(schema.required) ? schema.required as unknown[] : [];
    for (const [name, declared] of properties) {
      const property = values.flat(declared);
      const kinds = values.typesOf(property);
      const rule = kinds.includes('object') ? { list: '&' as const } : this.rule({ ...parameter, style: 'form', explode: true, mayBeEmpty: false, required: false }, property, kinds, values);
      if (kinds.includes('object')) values.missing.push(`type object of ${name}`);
      this.add(parameter, deep ? `${parameter.name}[${name}]` : name, { ...(required.includes(name) && { required: true }), ...rule });
    }
    if (parameter.required === true && required.length === 0) this.notEnforced.push(`${titleOf(parameter)} is sent as several query parameters, so it is not checked to be there`);
    const open = properties.length === 0 || (schema.additionalProperties !== undefined && schema.additionalProperties !== false);
    if (!open) return;
    values.missing.push('additionalProperties');
    if (deep) this.rules.openQuery = [...(this.rules.openQuery ?? []), `${parameter.name}[`];
    else this.rules.anyQuery = true;
  }

  // A parameter that is declared by its own name says more than a property of another.
  private add({ location, name: declared }: Parameter, name: string, rule: ParameterRule): void {
    const known = this.rules[location] ?? {};
    if (name === declared || !Object.hasOwn(known, name)) this.rules[location] = { ...known, [name]: rule };
  }
}

/** True where the parts of a value are parameters of their own. */
function isSpread({ style, explode }: Parameter): boolean {
  return style === 'deepObject' || (explode ?? (style ?? 'form') === 'form');
}

function titleOf({ location, name }: Parameter): string {
  return `${location} parameter '${name}'`;
}
