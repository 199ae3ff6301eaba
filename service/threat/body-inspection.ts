import { BODY_LIMITS_VARIABLE } from '../../lib/contract/body-limits';
import type { BodyValidators } from '../../lib/contract/body-validators';
import type { TrustTokenClaims } from '../../lib/contract/trust-token';
import { BodySchemaRefused } from '../schema/body-schema-refused';
import { checkedValidators, validatorsOfEnvironment } from '../schema/declared-validators';
import { BodyRefused } from './body-refused';
import { DEFAULT_JSON_LIMITS, type JsonLimits } from './json-limits';
import { JsonThreatProtection } from './json-threat-protection';
import { DEFAULT_XML_LIMITS, type XmlLimits } from './xml-limits';
import { XmlThreatProtection } from './xml-threat-protection';

/**
 * A rule of the service's own about bodies: only `true` lets the request through.
 *
 * Gets the value of a JSON body and the text of an XML one. An error that it throws fails the request, which is then not handled.
 */
export type BodyPolicy = (body: unknown, claims: TrustTokenClaims) => boolean | Promise<boolean>;

/** What is asked of the bodies of a service's requests. */
export interface BodyInspectionOptions {
  /** Limits of JSON bodies. @default - those of `JsonThreatProtection` */
  readonly json?: Partial<JsonLimits>;
  /** Limits of XML bodies. @default - those of `XmlThreatProtection` */
  readonly xml?: Partial<XmlLimits>;
  /**
   * What checks JSON bodies by the schemas of their operations: a module that was generated from the declaration.
   *
   * @default - what `BODY_VALIDATORS` names where the inspection is that of the environment, else none
   */
  readonly validators?: BodyValidators;
  /** Rules beside the limits, asked in their order. @default - none */
  readonly policies?: readonly BodyPolicy[];
}

/** A body as it came. */
export interface SentBody {
  /** Values of the `Content-Type` header fields. */
  readonly contentTypes: readonly string[];
  /** Values of the `Content-Encoding` header fields. @default - none */
  readonly contentEncodings?: readonly string[];
  readonly body: string | Buffer;
}

/** A media type of the characters that a token has (RFC 9110 section 5.6.2); what else there may be, some parser would read its own way. */
const MEDIA_TYPE = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+$/;
/** By its last suffix, as parsers choose: `application/a+b+json` is JSON to all of them. */
const JSON_TYPE = /[/+]json$/;
const XML_TYPE = /[/+]xml$/;
/** The one way to name an encoding whose bytes mean what the inspection takes them for. */
const CHARSET = /^\s*charset\s*=\s*(?:utf-8|us-ascii|"(?:utf-8|us-ascii)")\s*$/i;

/**
 * Inspects the bodies of requests by their content type, before anything else reads them.
 *
 * JSON and XML are inspected, and what comes without a type is taken for JSON, as the gateway does. A body of another type is
 * handed on as it is: files are for a scanner, forms for their parser. Where there are validators, a type that the operation does not
 * declare is refused.
 */
export class BodyInspection {
  /**
   * Inspects by the limits of `BODY_LIMITS` and the validators of `BODY_VALIDATORS`, which the construct `BackendFunction` sets
   * from `threatProtection`, `bodyLimit` and the schemas of the declaration.
   *
   * @param options come before the environment variables
   * @throws TypeError where a variable is no object of limits, or names no generated module
   */
  static fromEnvironment({ json, xml, validators = validatorsOfEnvironment(), policies }: BodyInspectionOptions = {}): BodyInspection {
    const declared = declaredLimits(process.env[BODY_LIMITS_VARIABLE]);
    return new BodyInspection({ json: { ...those(DEFAULT_JSON_LIMITS, declared), ...json }, xml: { ...those(DEFAULT_XML_LIMITS, declared), ...xml }, validators, policies });
  }

  /** Bytes of the largest body that could be accepted. */
  readonly maxBytes: number;
  private readonly json: JsonThreatProtection;
  private readonly xml: XmlThreatProtection;
  private readonly validators?: BodyValidators;
  private readonly policies: readonly BodyPolicy[];

  /** @throws TypeError where a limit is no positive whole number, or the validators are no generated module */
  constructor({ json, xml, validators, policies = [] }: BodyInspectionOptions = {}) {
    this.json = new JsonThreatProtection(json);
    this.xml = new XmlThreatProtection(xml);
    this.validators = validators && checkedValidators(validators);
    this.policies = policies;
    this.maxBytes = Math.max(json?.bodyBytes ?? DEFAULT_JSON_LIMITS.bodyBytes, xml?.bodyBytes ?? DEFAULT_XML_LIMITS.bodyBytes);
  }

  /** True where a body of these content types is one that `inspect` looks into; the others need not be read. */
  concerns(contentTypes: readonly string[]): boolean {
    return kindOf(contentTypes) !== undefined;
  }

  /**
   * Looks at the beginning of a body whose rest is yet to come, so that a hostile one is refused before it is there.
   *
   * @throws BodyRefused
   */
  glance(contentTypes: readonly string[], beginning: Buffer): void {
    const kind = kindOf(contentTypes);
    if (kind !== undefined) {
      this[kind === 'JSON' ? 'json' : 'xml'].glance(beginning);
    }
  }

  /**
   * The value of a JSON body, the text of an XML one, nothing of any other.
   *
   * @throws BodyRefused; `BodySchemaRefused` by the validators
   */
  async inspect({ contentTypes, contentEncodings = [], body }: SentBody, claims: TrustTokenClaims): Promise<unknown> {
    const kind = kindOf(contentTypes);
    if (kind === undefined) {
      this.requireDeclared(contentTypes, claims);
      return undefined;
    }
    // A parser would undo it, and read what nobody has inspected.
    if (contentEncodings.some((encoding) => encoding.trim().toLowerCase() !== 'identity')) {
      throw new BodyRefused(kind, 'encoding');
    }
    const inspected = kind === 'JSON' ? this.json.parse(body) : this.xml.inspect(body);
    this.validate(typeOf(contentTypes), inspected, claims);
    for (const policy of this.policies) {
      if (await policy(inspected, claims) !== true) {
        throw new BodyRefused(kind, 'policy');
      }
    }
    return inspected;
  }

  /**
   * Says that a request came with a body of a type that `inspect` does not look into.
   *
   * @throws BodyRefused where its operation takes none of that type
   */
  requireDeclared(contentTypes: readonly string[], claims: TrustTokenClaims): void {
    this.validate(typeOf(contentTypes), undefined, claims);
  }

  /**
   * Says that a request came without a body.
   *
   * @throws BodyRefused where its operation demands one
   */
  inspectAbsence({ tctx }: TrustTokenClaims): void {
    if (this.validators?.requiresBody(tctx.operation) === true) {
      throw new BodySchemaRefused('no body');
    }
  }

  private validate(mediaType: string, body: unknown, { tctx }: TrustTokenClaims): void {
    // Of another service it would know an operation of the same name, and mean something else.
    if (this.validators && this.validators.service !== tctx.service) {
      throw new TypeError(`the validators of ${this.validators.service} were given to ${tctx.service}`);
    }
    const fault = this.validators?.bodyFault(tctx.operation, mediaType, body);
    if (fault !== undefined) {
      throw new BodySchemaRefused(fault);
    }
  }
}

function typeOf([contentType = 'application/json']: readonly string[]): string {
  return contentType.split(';')[0]!.trim().toLowerCase();
}

/** @throws BodyRefused where two readers could take the body for different things */
function kindOf(contentTypes: readonly string[]): 'JSON' | 'XML' | undefined {
  const [contentType = 'application/json', second] = contentTypes;
  if (second !== undefined || contentType.includes(',')) {
    throw new BodyRefused('request', 'contentType');
  }
  const [essence = '', ...parameters] = contentType.split(';');
  const type = essence.trim().toLowerCase();
  if (!MEDIA_TYPE.test(type)) {
    throw new BodyRefused('request', 'contentType');
  }
  const kind = JSON_TYPE.test(type) ? 'JSON' : XML_TYPE.test(type) ? 'XML' : undefined;
  // Every one: of two, some parsers take the first and some the last.
  if (kind !== undefined && parameters.some((parameter) => /charset/i.test(parameter) && !CHARSET.test(parameter))) {
    throw new BodyRefused(kind, 'encoding');
  }
  return kind;
}

function declaredLimits(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) {
    return {};
  }
  const limits = objectOf(text);
  const unknown = limits && Object.keys(limits).find((name) => !(name in DEFAULT_JSON_LIMITS) && !(name in DEFAULT_XML_LIMITS));
  // A limit that is misspelt would be none.
  if (!limits || unknown !== undefined) {
    throw new TypeError(`${BODY_LIMITS_VARIABLE} is a JSON object of limits, got ${unknown ?? 'something else'}; write a BackendFunction, which sets it`);
  }
  return limits;
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

/** The declared limits that one kind of body has. */
function those<Limits extends object>(known: Limits, declared: Readonly<Record<string, unknown>>): Partial<Limits> {
  return Object.fromEntries(Object.entries(declared).filter(([name]) => name in known)) as Partial<Limits>;
}
