import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_STAGE_VARIABLE, AUTHORIZER_CONFIGURATION_FILE, operationKey, type AuthorizerConfiguration, type OperationPolicy } from '../lib/contract/authorizer-configuration';
import { HONEYPOT_GROUP } from '../lib/contract/honeypot';
import { JWKS_PATH } from '../lib/contract/trust-token';
import { EnvironmentAssembly, type AssemblyResource } from '../local/assembly/environment-assembly';
import { DOMAINS, mappedStages, type ReadStage } from '../local/domain/domain-reader';
import { functionName } from '../local/function/function-registry';
import { dereference, type ApiDocument, type Operation, type Schema } from '../local/rest-api/api-document';
import { functionArnOf } from '../local/rest-api/authorizer';
import { withStageVariables } from '../local/rest-api/parameter-mapping';
import { RouteTable } from '../local/rest-api/route-table';
import type { AssessedApi, AssessedDomain, AssessedEnvironment, AssessedOperation } from './assessed-environment';
import { addressLimits, bodyLimit } from './edge-limits';

/** Stands for every path parameter: a name that nobody gives to anything. */
const NOTHING = 'assessment-0';

/**
 * Reads what an environment promises from its synthesized assembly.
 *
 * Protections are expected of the role that something plays, not of the property that implements it: an operation is protected
 * because it leads to a service, a domain speaks TLS 1.3 because nothing keeps it from that. So a protection that was taken out of
 * the templates is missed.
 */
export function readEnvironment(app: string, environment?: string): AssessedEnvironment {
  const assembly = EnvironmentAssembly.read(app, environment);
  const domains = assembly.resources(...DOMAINS).map((resource) => readDomain(assembly, resource));
  return { name: environment ?? domains.find(({ configuration }) => configuration !== undefined)?.configuration?.environment ?? 'App', domains };
}

function readDomain(assembly: EnvironmentAssembly, resource: AssemblyResource): AssessedDomain {
  const { DomainName, MutualTlsAuthentication, EndpointConfiguration } = resource.properties;
  const mapped = mappedStages(assembly, resource);
  const configuration = mapped.map(({ stage }) => configurationOf(assembly, stage)).find((found) => found !== undefined);
  const hostName = String(DomainName).toLowerCase();
  const types = (EndpointConfiguration as { readonly Types?: readonly string[] } | undefined)?.Types ?? [];
  const apis = mapped.filter(({ basePath }) => basePath !== '').map(({ basePath, stage }) => readApi(assembly, basePath, stage, configuration));
  const root = mapped.find(({ basePath }) => basePath === '')?.stage.document;
  return {
    securityDomain: configuration?.securityDomain ?? hostName.split('.')[0]!,
    hostName,
    isPrivate: types.includes('PRIVATE') || resource.type === 'AWS::ApiGateway::DomainNameV2',
    mutualTls: MutualTlsAuthentication !== undefined || configuration?.mutualTls === true,
    configuration,
    apis,
    ...root?.paths?.[JWKS_PATH] !== undefined && { keysPath: JWKS_PATH },
    honeypots: honeypotsOf(configuration),
    addressLimits: addressLimits(assembly, mapped.map(({ stage }) => stage.resource)),
  };
}

/** The authorizer knows them as operations of a group that nobody can subscribe to; their keys end with method and path. */
function honeypotsOf(configuration: AuthorizerConfiguration | undefined): AssessedDomain['honeypots'] {
  return Object.entries(configuration?.operations ?? {}).filter(([, { group }]) => group === HONEYPOT_GROUP).map(([key]) => {
    const [, method = '', path = ''] = key.split(' ');
    return { method, path };
  });
}

function readApi(assembly: EnvironmentAssembly, basePath: string, { document, resource, variables }: ReadStage, configuration: AuthorizerConfiguration | undefined): AssessedApi {
  const api = variables[API_STAGE_VARIABLE] ?? basePath;
  const operations = [...new RouteTable(document).operations()]
    .filter(({ method, operation }) => method !== 'ANY' && leadsToService(operation))
    .map(({ method, path, operation }) => readOperation(document, { api: basePath, method, template: path, path: `/${basePath}${filled(path)}` }, operation, configuration?.operations[operationKey(api, method, path)]));
  return {
    name: basePath, basePath: `/${basePath}`, service: api.split('/')[0]!, operations,
    resources: Object.keys(document.paths ?? {}).map((path) => ({ template: path, path: `/${basePath}${filled(path)}`, methods: methodsOf(document, path) })),
    bodyLimit: bodyLimit(assembly, resource, `/${basePath}`),
    ...optional('origin', declaredOrigin(document)), ...optional('burst', burst(assembly, resource)),
  };
}

function readOperation(document: ApiDocument, place: Pick<AssessedOperation, 'api' | 'method' | 'template' | 'path'>, operation: Operation, policy: OperationPolicy | undefined): AssessedOperation {
  const parameters = (operation.parameters ?? []).map((parameter) => dereference(document, parameter));
  const required = parameters.filter(({ required: demanded, in: where }) => demanded === true && (where === 'query' || where === 'header'));
  const body = operation.requestBody === undefined ? {} : dereference(document, operation.requestBody).content ?? {};
  // A type that the web ACL lets through for another operation's sake has a model that refuses everything.
  const content = Object.entries(body).map(([mediaType, { schema }]) => ({ mediaType, schema: schema && dereference(document, schema as { readonly $ref?: string }) as Schema })).filter(({ schema }) => schema?.maxProperties !== 0);
  return {
    ...place, required, content, ...optional('policy', policy),
    query: required.filter(({ in: where }) => where === 'query').map(({ name }) => `${encodeURIComponent(name)}=${NOTHING}`).join('&'),
    headers: Object.fromEntries(required.filter(({ in: where }) => where === 'header').map(({ name }) => [name.toLowerCase(), NOTHING])),
  };
}

function filled(template: string): string {
  return template.replace(/\{[^}]+\}/g, NOTHING);
}

function leadsToService(operation: Operation): boolean {
  return operation['x-amazon-apigateway-integration']?.type.toLowerCase() !== 'mock';
}

function methodsOf(document: ApiDocument, path: string): string[] {
  return [...new RouteTable(document).operations()].filter((found) => found.path === path && found.method !== 'ANY').map(({ method }) => method).sort();
}

/** The origin that refusals name: those are written once for the whole API, whatever became of a preflight. */
function declaredOrigin(document: ApiDocument): string | undefined {
  const responses = Object.values(document['x-amazon-apigateway-gateway-responses'] ?? {});
  const values = responses.flatMap(({ responseParameters }) => Object.entries(responseParameters ?? {})).filter(([name]) => name.toLowerCase() === 'gatewayresponse.header.access-control-allow-origin').map(([, value]) => value.replaceAll("'", ''));
  return values.find((value) => /^https:\/\/[^*]+$/.test(value));
}

function burst(assembly: EnvironmentAssembly, { properties }: AssemblyResource): number | undefined {
  const plans = assembly.resources('AWS::ApiGateway::UsagePlan').map((plan) => plan.properties as { readonly ApiStages?: readonly { readonly ApiId?: string }[]; readonly Throttle?: { readonly BurstLimit?: number } });
  const limit = plans.find(({ ApiStages }) => ApiStages?.some(({ ApiId }) => ApiId === properties.RestApiId))?.Throttle?.BurstLimit;
  return limit === undefined ? undefined : Number(limit);
}

function configurationOf(assembly: EnvironmentAssembly, { document, variables }: ReadStage): AuthorizerConfiguration | undefined {
  return Object.values(document.components?.securitySchemes ?? {}).map((scheme) => {
    const uri = scheme['x-amazon-apigateway-authorizer']?.authorizerUri;
    if (uri === undefined) return undefined;
    const name = functionName(functionArnOf(withStageVariables(uri, variables)));
    const code = assembly.resources('AWS::Lambda::Function').find(({ reference }) => reference === name)?.properties.Code as { readonly S3Bucket?: string; readonly S3Key?: string } | undefined;
    if (code?.S3Key === undefined) return undefined;
    const file = join(assembly.asset(code.S3Bucket ?? '', code.S3Key).path, AUTHORIZER_CONFIGURATION_FILE);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as AuthorizerConfiguration : undefined;
  }).find((found) => found !== undefined);
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [name in Name]?: Value } {
  return value === undefined ? {} : { [name]: value } as { readonly [name in Name]: Value };
}
