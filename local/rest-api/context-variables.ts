/** Names of all variables that a request can have here; those of an authorizer and of an integration's error are added by their own. */
const NAMES = new Set([
  'accountId', 'apiId', 'stage', 'domainName', 'domainPrefix', 'httpMethod', 'path', 'protocol', 'tlsVersion', 'cipherSuite', 'requestId', 'extendedRequestId', 'requestTime',
  'requestTimeEpoch', 'customDomain.basePathMatched', 'identity.sourceIp', 'identity.userAgent', 'xrayTraceId', 'resourcePath', 'resourceId', 'status', 'responseLength',
  'responseLatency', 'webaclArn', 'waf.status', 'wafResponseCode', 'integrationErrorMessage', 'integrationStatus', 'integrationLatency', 'integration.status', 'integration.latency',
  'error.message', 'error.messageString', 'error.responseType', 'error.validationErrorString',
  ...['subjectDN', 'issuerDN', 'serialNumber', 'validity.notBefore', 'validity.notAfter', 'clientCertPem'].map((member) => `identity.clientCert.${member}`),
]);
const OF_AUTHORIZER = 'authorizer.';
const VARIABLE = /\$context((?:\.[A-Za-z_][A-Za-z0-9_]*)+)/g;

/** The variables of a template that never have a value here. */
export function unknownVariables(template: string): string[] {
  return [...template.matchAll(VARIABLE)].map(([, name]) => name!.slice(1)).filter((name) => !NAMES.has(name) && !name.startsWith(OF_AUTHORIZER));
}

const parsed = new Map<string, readonly string[]>();

/** Text and names of variables, in turns; kept, as there are as many templates as the documents declare. */
function partsOf(template: string): readonly string[] {
  const parts = parsed.get(template) ?? template.split(VARIABLE).map((part, index) => index % 2 === 0 ? part : part.slice(1));
  parsed.set(template, parts);
  return parts;
}

type Value = string | number | boolean;

/**
 * The `$context` variables of one request, by dotted name without the prefix: `identity.sourceIp`.
 *
 * One object serves gateway responses, parameter mappings and the access log, as on the platform.
 */
export class ContextVariables {
  private readonly values = new Map<string, Value>();
  private said: { readonly [name: string]: Value | undefined } = {};

  /** @param known what is known from the start, kept as it is: of two dozen variables a request reads a few */
  constructor(private readonly known: { readonly [name: string]: Value | undefined } = {}) {}

  /** Sets a variable; `undefined` leaves it unset. */
  public set(name: string, value: Value | undefined): void {
    if (value !== undefined) this.values.set(name, value);
  }

  /** Sets what an authorizer said, by names without `authorizer.`, kept as it is; what is set one by one comes first. */
  public setAuthorizer(said: { readonly [name: string]: Value | undefined }): void {
    this.said = said;
  }

  public get(name: string): string | undefined {
    const value = this.values.get(name) ?? own(this.known, name) ?? (name.startsWith(OF_AUTHORIZER) ? own(this.said, name.slice(OF_AUTHORIZER.length)) : undefined);
    return value === undefined ? undefined : String(value);
  }

  /**
   * Replaces every `$context.name` of a template.
   *
   * @param missing what stands for a variable without a value
   * @param write how a value is written, such as escaped for a log line
   */
  public render(template: string, missing = '', write: (value: string) => string = (value) => value): string {
    const parts = partsOf(template);
    let text = parts[0]!;
    for (let index = 1; index < parts.length; index += 2) {
      const value = this.get(parts[index]!);
      text += (value === undefined ? missing : write(value)) + parts[index + 1]!;
    }
    return text;
  }
}

function own(values: { readonly [name: string]: Value | undefined }, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
