import { LocalRefusal } from '../local-refusal';

type Json = { readonly [member: string]: unknown };

/** What the local gateway does with the settings of one kind of thing; a setting in none of the lists is refused. */
interface Settings {
  readonly what: string;
  readonly emulated: readonly string[];
  /** Without effect on a request here. */
  readonly inert: readonly string[];
  /** Known, and without the effect that it has on the platform: the start-up table says so. */
  readonly notEmulated: { readonly [setting: string]: string };
}

const EXTENSION = 'x-amazon-apigateway-';

/** Settings by the resource type or the part of an API document that has them. */
const SETTINGS = {
  'AWS::ApiGateway::RestApi': {
    what: 'a REST API',
    emulated: ['Body', 'BodyS3Location', 'Policy', 'EndpointConfiguration', 'ApiKeySourceType', 'BinaryMediaTypes'],
    inert: ['Name', 'Description', 'Tags', 'Mode', 'FailOnWarnings', 'DisableExecuteApiEndpoint', 'EndpointAccessMode', 'SecurityPolicy'],
    notEmulated: { MinimumCompressionSize: 'compression', Parameters: 'import parameters' },
  },
  'AWS::ApiGateway::Stage': {
    what: 'a stage',
    emulated: ['RestApiId', 'StageName', 'DeploymentId', 'Variables', 'MethodSettings', 'AccessLogSetting'],
    inert: ['Description', 'Tags', 'DocumentationVersion'],
    notEmulated: { TracingEnabled: 'X-Ray tracing', CacheClusterEnabled: 'response cache', CacheClusterSize: 'response cache', CanarySetting: 'canary releases', ClientCertificateId: 'client certificate to backends' },
  },
  'AWS::ApiGateway::DomainName': {
    what: 'a domain name',
    emulated: ['DomainName', 'SecurityPolicy', 'MutualTlsAuthentication', 'EndpointAccessMode'],
    inert: ['CertificateArn', 'RegionalCertificateArn', 'OwnershipVerificationCertificateArn', 'EndpointConfiguration', 'Tags'],
    notEmulated: { RoutingMode: 'routing rules' },
  },
  'AWS::ApiGateway::DomainNameV2': {
    what: 'a private domain name',
    emulated: ['DomainName', 'SecurityPolicy', 'EndpointAccessMode'],
    inert: ['CertificateArn', 'EndpointConfiguration', 'Tags'],
    notEmulated: { RoutingMode: 'routing rules', Policy: 'policies of private domain names' },
  },
  'AWS::ApiGateway::UsagePlan': {
    what: 'a usage plan', emulated: ['ApiStages', 'Throttle', 'Quota'], inert: ['UsagePlanName', 'Description', 'Tags'], notEmulated: {},
  },
  'document': {
    what: 'an API document',
    emulated: ['any-method', 'api-key-source', 'gateway-responses', 'request-validator', 'request-validators', 'policy', 'integration', 'binary-media-types'].map((name) => EXTENSION + name),
    inert: ['documentation', 'importexport-version', 'endpoint-configuration', 'tag-value'].map((name) => EXTENSION + name),
    notEmulated: { [`${EXTENSION}minimum-compression-size`]: 'compression', [`${EXTENSION}security-policy`]: 'security policy of the API itself' },
  },
  'integration': {
    what: 'an integration',
    emulated: ['type', 'uri', 'httpMethod', 'timeoutInMillis', 'passthroughBehavior', 'requestParameters', 'requestTemplates', 'responses'],
    inert: ['connectionType', 'connectionId', 'integrationTarget', 'credentials', 'cacheNamespace', 'cacheKeyParameters', 'payloadFormatVersion'],
    notEmulated: { contentHandling: 'content handling', tlsConfig: 'TLS settings of integrations', responseTransferMode: 'response streaming' },
  },
  'authorizer': {
    what: 'an authorizer',
    emulated: ['type', 'authorizerUri', 'identitySource', 'authorizerResultTtlInSeconds'],
    inert: ['authorizerCredentials'],
    notEmulated: {},
  },
} as const satisfies { readonly [kind: string]: Settings };

/** Kinds of things whose settings are looked through. */
export type AuditedKind = keyof typeof SETTINGS;

/** Resource types that would change what an emulated REST API answers, and are not read. */
const REFUSED_TYPES = new Set(['Method', 'Resource', 'Authorizer', 'Model', 'RequestValidator', 'GatewayResponse', 'BasePathMappingRule'].map((name) => `AWS::ApiGateway::${name}`));

/** Looks through an assembly for what the local gateway does not know, and remembers what it knows and does not emulate. */
export class FeatureAudit {
  private readonly found = new Set<string>();

  /** What was found and is not emulated, in words. */
  public get notEmulated(): readonly string[] {
    return [...this.found];
  }

  /** @throws LocalRefusal where a setting is unknown: its effect would be missing without a word */
  public settings(kind: AuditedKind, name: string, settings: Json): void {
    const { what, emulated, inert, notEmulated }: Settings = SETTINGS[kind];
    for (const [setting, value] of Object.entries(settings)) {
      if (emulated.includes(setting) || inert.includes(setting)) continue;
      const words = notEmulated[setting];
      if (words === undefined) throw new LocalRefusal('LOCAL_FEATURE', `every setting of ${what} is known`, `${setting} of ${name}`, `${what} without it, or one of ${[...emulated, ...Object.keys(notEmulated)].join(', ')}`);
      if (value !== false && value !== 'BASE_PATH_MAPPING_ONLY') this.found.add(words);
    }
  }

  /** The extensions of an API document, wherever they stand in it. */
  public document(name: string, document: Json): void {
    const extensions = (part: Json): Json => Object.fromEntries(Object.entries(part).filter(([key]) => key.startsWith(EXTENSION)));
    this.settings('document', name, extensions(document));
    for (const [path, item] of Object.entries((document.paths ?? {}) as { [path: string]: Json })) {
      this.settings('document', `${name} ${path}`, extensions(item));
      for (const [method, operation] of Object.entries(item)) {
        if (method === 'parameters' || typeof operation !== 'object' || operation === null) continue;
        const where = `${name} ${method.replace(EXTENSION, '')} ${path}`;
        this.settings('document', where, extensions(operation as Json));
        this.settings('integration', where, ((operation as Json)[`${EXTENSION}integration`] ?? {}) as Json);
      }
    }
    const schemes = ((document.components as Json | undefined)?.securitySchemes ?? {}) as { [name: string]: Json };
    for (const [scheme, { [`${EXTENSION}authorizer`]: authorizer }] of Object.entries(schemes)) {
      if (authorizer !== undefined) this.settings('authorizer', `${name} ${scheme}`, authorizer as Json);
    }
  }

  /** Log variables that never have a value here. */
  public variables(names: readonly string[]): void {
    for (const name of names) this.found.add(`log variable $context.${name}`);
  }

  /** @throws LocalRefusal for a resource that would change the answers of a REST API beside its document */
  public type(type: string, logicalId: string): void {
    if (REFUSED_TYPES.has(type)) throw new LocalRefusal('LOCAL_FEATURE', 'a REST API is whole in its OpenAPI body', `${type} ${logicalId}`, 'it in the Body or BodyS3Location of its API');
  }
}
