/** The file beside the authorizer's handler that checks parameters; loaded with the first request to an operation that has rules. */
export const PARAMETER_CHECKS_FILE = 'parameters.js';

/** Member of an operation in an OpenAPI body: digest of the rules that the authorizer enforces for it, by which evidence knows them. */
export const PARAMETER_RULES = 'x-cdk-api-security-parameter-rules';

/** What the parameters of one operation must be, and the type of its body; path parameters go by the gateway's names. */
export interface ParameterRules {
  readonly path?: { readonly [name: string]: ParameterRule };
  readonly query?: { readonly [name: string]: ParameterRule };
  readonly header?: { readonly [name: string]: ParameterRule };
  /**
   * Media types of its body, for methods that may have one; without any, a request names none.
   *
   * The gateway skips its models for a type that it does not find among them, and looks at one header where there are two.
   */
  readonly content?: readonly string[];
  /** Beginnings of query parameters whose names the description leaves open: `filter[`. */
  readonly openQuery?: readonly string[];
  /** True where query parameters that are not declared are let through. */
  readonly anyQuery?: true;
}

/** What one parameter must be: a single value where it is no list. */
export interface ParameterRule {
  /** Only where the gateway itself cannot see whether it is there. */
  readonly required?: true;
  /** Without a value is well too. */
  readonly mayBeEmpty?: true;
  /** What stands between the values of a list; `&` where each is a parameter of the same name. */
  readonly list?: ',' | ' ' | '|' | '&';
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  /** Of the value, or of each in the list; every text is one where absent. */
  readonly value?: ValueRule;
}

/** Types that a text can have. */
export type ValueType = 'string' | 'integer' | 'number' | 'boolean';

/** What a value must be: the keywords of JSON Schema, with bounds as in its newer drafts. */
export interface ValueRule {
  /** One of these; `string` where absent. */
  readonly type?: readonly ValueType[];
  readonly enum?: readonly (string | number | boolean)[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly allOf?: readonly ValueRule[];
  readonly anyOf?: readonly ValueRule[];
  readonly oneOf?: readonly ValueRule[];
  readonly not?: ValueRule;
}

/** Formats that are checked; `int32` and `int64` of integers, the others of texts. */
export const CHECKED_FORMATS: readonly string[] = ['date', 'date-time', 'time', 'uuid', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uri-reference', 'duration', 'json-pointer', 'byte', 'base64url', 'int32', 'int64'];

/** A pattern as JSON Schema means it, with Unicode; older documents hold some that are none, and mean them without. */
export function parameterPattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}
