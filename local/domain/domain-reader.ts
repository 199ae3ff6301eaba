import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHORIZER_CONFIGURATION_FILE, type AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import type { AuditedKind, FeatureAudit } from '../assembly/feature-audit';
import type { AssemblyResource, EnvironmentAssembly } from '../assembly/environment-assembly';
import { LocalRefusal } from '../local-refusal';
import type { AccessLog } from '../rest-api/access-log';
import type { ApiDocument } from '../rest-api/api-document';
import { functionArnOf } from '../rest-api/authorizer';
import { unknownVariables } from '../rest-api/context-variables';
import type { IntegrationTargets } from '../rest-api/integration';
import { withStageVariables } from '../rest-api/parameter-mapping';
import { RestApi, type RestApiProps } from '../rest-api/rest-api';
import type { UsagePlan } from '../rest-api/usage-plan';
import type { MethodSetting } from '../rest-api/throttle';
import type { WebAcl } from '../web-acl/web-acl';
import type { ApiMapping, DomainName } from './domain-name';

/** What domain names are made with. */
export interface DomainSurroundings {
  readonly assembly: EnvironmentAssembly;
  readonly targets: IntegrationTargets;
  /** Directory of a function's code, by ARN. */
  readonly codeDirectory: (functionArn: string) => string;
  readonly webAcl: (arn: string) => WebAcl;
  readonly usagePlans: (apiId: string, stage: string) => readonly UsagePlan[];
  readonly accessLog: (securityDomain: string) => AccessLog;
  /** What a version of an object holds that was stored in this run. */
  readonly storedObject: (bucket: string, key: string, version: string) => Buffer | undefined;
  /** Looks through everything that is read. */
  readonly audit: FeatureAudit;
}

/** A domain name and the configurations of the authorizers behind it. */
export interface ServedDomain {
  readonly domain: DomainName;
  readonly authorizers: readonly AuthorizerConfiguration[];
}

/** A stage with its variables and the body of its REST API. */
export interface ReadStage { readonly document: ApiDocument; readonly resource: AssemblyResource; readonly api: AssemblyResource; readonly variables: { readonly [name: string]: string } }

const AUDITED: readonly AuditedKind[] = ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage', 'AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2', 'AWS::ApiGateway::UsagePlan'];
/** Types of custom domain names. */
export const DOMAINS = ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2'];
/** Types of what maps a stage below a domain name. */
const MAPPINGS = ['AWS::ApiGatewayV2::ApiMapping', 'AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::BasePathMappingV2'];

/**
 * Reads the custom domain names of an environment with the stages mapped below them.
 *
 * @throws LocalRefusal where there is none, or one leads to something that is not emulated
 */
export function readDomains(surroundings: DomainSurroundings): ServedDomain[] {
  const { assembly } = surroundings;
  const domains = assembly.resources(...DOMAINS);
  if (domains.length === 0) throw new LocalRefusal('LOCAL_DOMAIN', 'an environment has a custom domain name', 'none', 'an app made with ApiSecurity');
  for (const { type, logicalId } of assembly.resources()) surroundings.audit.type(type, logicalId);
  for (const { type, logicalId, properties } of assembly.resources(...AUDITED)) surroundings.audit.settings(type as AuditedKind, logicalId, properties);
  const taken = new Set<string>();
  return domains.map((resource) => {
    const stages = mappedStages(assembly, resource);
    const configurations = stages.flatMap(({ stage }) => authorizerConfigurations(stage, surroundings.codeDirectory));
    const authorizers = [...new Map(configurations.map((configuration) => [configuration.securityDomain, configuration])).values()];
    const { DomainName: hostName, SecurityPolicy } = resource.properties;
    const name = authorizers[0]?.securityDomain ?? String(hostName).split('.')[0]!;
    // Two domain names of one security domain: the later one goes by its host name.
    const securityDomain = taken.has(name) ? String(hostName).toLowerCase() : name;
    taken.add(securityDomain);
    let trustStore: string | undefined;
    const mappings: ApiMapping[] = stages.map(({ basePath, stage }) => ({ basePath, api: restApi(stage, securityDomain, surroundings) }));
    return {
      authorizers,
      domain: {
        securityDomain,
        hostName: String(hostName).toLowerCase(),
        securityPolicy: SecurityPolicy === undefined ? undefined : String(SecurityPolicy),
        // Read when it is first needed: a stored one has no version before it was stored.
        get trustStore() { return trustStore ??= trustStoreOf(resource, surroundings); },
        mappings,
      },
    };
  });
}

function restApi({ document, resource, api, variables }: ReadStage, securityDomain: string, { assembly, targets, webAcl, usagePlans, accessLog, audit }: DomainSurroundings): RestApi {
  audit.document(api.logicalId, document as never);
  const { properties, stack } = resource;
  const [apiId, stage] = [String(properties.RestApiId), String(properties.StageName)];
  const webAclArn = webAclArnOf(assembly, resource);
  const format = (properties.AccessLogSetting as { readonly Format?: string } | undefined)?.Format;
  audit.variables(unknownVariables(format ?? ''));
  return new RestApi({
    identity: { accountId: stack.account, region: stack.region, apiId, stage },
    document,
    stageVariables: variables,
    methodSettings: (properties.MethodSettings ?? []) as unknown as MethodSetting[],
    usagePlans: usagePlans(apiId, stage),
    accessLogFormat: format,
    accessLog: format === undefined ? undefined : accessLog(securityDomain),
    webAcl: webAclArn === undefined ? undefined : webAcl(webAclArn),
    webAclArn,
    resourcePolicy: (api.properties.Policy ?? document['x-amazon-apigateway-policy']) as RestApiProps['resourcePolicy'],
    sourceVpce: (api.properties.EndpointConfiguration as { readonly VpcEndpointIds?: readonly string[] } | undefined)?.VpcEndpointIds?.[0],
    targets,
  });
}

/** The stages below a custom domain name, with their base paths; the empty one is the catch-all. @throws LocalRefusal where a mapping leads elsewhere */
export function mappedStages(assembly: EnvironmentAssembly, { reference }: AssemblyResource): { readonly basePath: string; readonly stage: ReadStage }[] {
  return assembly.resources(...MAPPINGS).filter(({ properties }) => [properties.DomainName, properties.DomainNameArn].includes(reference)).map(({ properties }) => ({
    basePath: String(properties.ApiMappingKey ?? properties.BasePath ?? '').replace(/^\(none\)$/, ''),
    stage: readStage(assembly, String(properties.ApiId ?? properties.RestApiId), String(properties.Stage)),
  }));
}

/** ARN of the web ACL in front of a stage; undefined where there is none. */
export function webAclArnOf(assembly: EnvironmentAssembly, { properties }: AssemblyResource): string | undefined {
  const stage = `/restapis/${String(properties.RestApiId)}/stages/${String(properties.StageName)}`;
  const association = assembly.resources('AWS::WAFv2::WebACLAssociation').find((candidate) => String(candidate.properties.ResourceArn).endsWith(stage));
  return association && String(association.properties.WebACLArn);
}

function readStage(assembly: EnvironmentAssembly, apiId: string, stageName: string): ReadStage {
  const resource = assembly.resources('AWS::ApiGateway::Stage').find(({ properties }) => properties.RestApiId === apiId && properties.StageName === stageName);
  const api = assembly.resources('AWS::ApiGateway::RestApi').find(({ reference }) => reference === apiId);
  if (resource === undefined || api === undefined) throw new LocalRefusal('LOCAL_MAPPING', 'a mapping leads to a stage of a REST API of the environment', `${apiId}/${stageName}`, 'an AWS::ApiGateway::Stage');
  const variables = Object.fromEntries(Object.entries(resource.properties.Variables ?? {}).map(([name, value]) => [name, String(value)]));
  const document = readBody(assembly, api);
  const { ApiKeySourceType: keySource, BinaryMediaTypes: binary } = api.properties;
  return { resource, api, variables, document: {
    ...document,
    ...keySource !== undefined && { 'x-amazon-apigateway-api-key-source': String(keySource) },
    ...binary !== undefined && { 'x-amazon-apigateway-binary-media-types': binary as unknown as string[] },
  } };
}

function readBody(assembly: EnvironmentAssembly, { properties, logicalId }: AssemblyResource): ApiDocument {
  if (properties.Body !== undefined) return properties.Body as unknown as ApiDocument;
  const location = properties.BodyS3Location as { readonly Bucket: string; readonly Key: string } | undefined;
  if (location === undefined) throw new LocalRefusal('LOCAL_REST_API', `REST API ${logicalId} is defined by an OpenAPI body`, 'resources and methods', 'Body or BodyS3Location');
  const { path } = assembly.asset(location.Bucket, location.Key);
  return JSON.parse(readFileSync(path, 'utf8')) as ApiDocument;
}

function trustStoreOf({ properties }: AssemblyResource, { assembly, storedObject }: DomainSurroundings): string | undefined {
  const { TruststoreUri: uri, TruststoreVersion: version = '' } = (properties.MutualTlsAuthentication ?? {}) as { readonly TruststoreUri?: string; readonly TruststoreVersion?: string };
  if (uri === undefined) return undefined;
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return (storedObject(bucket, key, version) ?? readFileSync(assembly.asset(bucket, key).path)).toString('utf8');
}

function authorizerConfigurations({ document, variables }: ReadStage, codeDirectory: (functionArn: string) => string): AuthorizerConfiguration[] {
  return Object.values(document.components?.securitySchemes ?? {}).flatMap((scheme) => {
    const uri = scheme['x-amazon-apigateway-authorizer']?.authorizerUri;
    if (uri === undefined) return [];
    const file = join(codeDirectory(functionArnOf(withStageVariables(uri, variables))), AUTHORIZER_CONFIGURATION_FILE);
    return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as AuthorizerConfiguration] : [];
  });
}
