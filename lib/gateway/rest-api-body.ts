import { API_KEY_HEADER } from '../contract/api-key';
import { ANY_METHOD } from '../contract/any-method';
import { BodyLimits } from '../contract/body-limits';
import { NOT_ENFORCED } from '../contract/not-enforced';
import { PROBLEMS } from '../contract/problem';
import { AUTHORIZER_STAGE_VARIABLE } from '../contract/stage-variable';
import { PARAMETER_RULES } from '../contract/parameter-rule';
import { ApiService } from '../declaration/api-service';
import { HttpMethod } from '../declaration/http-method';
import { Operation, Parameter } from '../declaration/operation';
import { ParameterLocation } from '../declaration/parameter-location';
import { isSeenByGateway, parameterRules } from '../declaration/parameter-rules';
import { gatewayResponses } from './gateway-responses';
import { integration, IntegrationTarget } from './integration';
import { rulesDigest } from './rules-digest';
import { preflightMethod, refusingMethod } from './mock-answer';
import { GatewayModels } from './model';
import { Partition, Route } from '../declaration/partition';
import { staticValue } from './problem-response';

/** Name of the request validator and of the security scheme in every body. */
export const VALIDATOR = 'everything';
export const AUTHORIZER = 'trust-token-authorizer';
/** The security scheme that makes the gateway count an operation in usage plans; beside the authorizer, the platform demands both. */
export const USAGE_PLAN = 'api_key';
export const KEY_SOURCE = 'x-amazon-apigateway-api-key-source';


/** A proxy integration hands answers on as they are; a function is reached through the library's own contract. */
const UNTOUCHED_ANSWERS = 'responses: the gateway adds no security headers to what the HTTPS backend answers, which sets them itself, by the service library or otherwise';

/** What a body is built from. */
export interface RestApiBodyProps {
  readonly title: string;
  readonly service: ApiService;
  readonly partition: Partition;
  readonly target: IntegrationTarget;
  /** Every content type that the web ACL of the domain lets through. */
  readonly domainMediaTypes: readonly string[];
  /** Whether callers of the domain may prove possession of a key. */
  readonly takesProofs?: boolean;
  /** Whether the requests of each consumer to the service are counted, so that one above its limit gets 429. */
  readonly counted?: boolean;
  /** How large and how involved the bodies of the service may be. */
  readonly bodyLimits?: BodyLimits;
  /** What the declaration asks for and the gateway cannot enforce, beside what the service lists itself. */
  readonly notEnforced?: readonly string[];
}

/** An OpenAPI document with gateway extensions. */
export interface RestApiBody {
  readonly info: { readonly title: string; readonly version: string };
  readonly components?: { readonly securitySchemes?: Record<string, unknown>; readonly schemas?: Record<string, unknown> };
  readonly paths: { readonly [path: string]: { readonly [method: string]: BodyMethod } };
  readonly [member: string]: unknown;
}

/** One method in a body. */
export type BodyMethod = Readonly<Record<string, unknown>>;

/** Describes one REST API as OpenAPI 3.0 with gateway extensions, so that resources stay few however many operations there are. */
export function restApiBody(props: RestApiBodyProps): RestApiBody {
  const { service, partition, target } = props;
  const models = new GatewayModels(service.schemas, props.bodyLimits, service.readOnlyProperties);
  const paths = Object.fromEntries([...byResource(partition.routes)].map(([resource, routes]) => [resource, pathItem(props, routes, models)]));
  const types = binaryTypes(partition.routes);
  const notEnforced = [...service.notEnforced, ...props.notEnforced ?? [], ...(service.backend.url === undefined ? [] : [UNTOUCHED_ANSWERS])];
  return {
    openapi: '3.0.1',
    info: { title: props.title, version: '1.0' },
    ...(types.length > 0 && { 'x-amazon-apigateway-binary-media-types': types }),
    ...(notEnforced.length > 0 && { [NOT_ENFORCED]: notEnforced }),
    ...guarded(target, models.components),
    'x-amazon-apigateway-gateway-responses': gatewayResponses(target.domainName, service.cors?.allowedOrigin(target.domainName), props.takesProofs, props.counted),
    paths,
  };
}

/** What a body says of how its operations are guarded. */
export function guarded(target: IntegrationTarget, schemas: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    // Never HEADER: a caller could name another consumer to be counted as.
    [KEY_SOURCE]: 'AUTHORIZER',
    'x-amazon-apigateway-request-validators': { [VALIDATOR]: { validateRequestBody: true, validateRequestParameters: true } },
    'x-amazon-apigateway-request-validator': VALIDATOR,
    components: { securitySchemes: { [AUTHORIZER]: authorizerScheme(target), [USAGE_PLAN]: { type: 'apiKey', name: API_KEY_HEADER.toLowerCase(), in: 'header' } }, schemas },
  };
}

/** A method that only the authorizer lets anybody to. */
export function authorizedMethod(method: BodyMethod): BodyMethod {
  return { ...method, security: [{ [AUTHORIZER]: [] }, { [USAGE_PLAN]: [] }], 'x-amazon-apigateway-request-validator': VALIDATOR };
}

function byResource(routes: readonly Route[]): Map<string, Route[]> {
  const resources = new Map<string, Route[]>();
  for (const route of routes) resources.set(route.resource, [...(resources.get(route.resource) ?? []), route]);
  return resources;
}

function pathItem(props: RestApiBodyProps, routes: readonly Route[], models: GatewayModels): Record<string, BodyMethod> {
  const methods: string[] = routes.map(({ operation }) => operation.method);
  const allowedOrigin = props.service.cors?.allowedOrigin(props.target.domainName);
  const preflight = allowedOrigin !== undefined && !methods.includes(HttpMethod.OPTIONS);
  const allowed = [...methods, ...(preflight ? [HttpMethod.OPTIONS] : [])].sort();
  return {
    ...Object.fromEntries(routes.map((route) => [route.operation.method.toLowerCase(), method(props, route, models)])),
    ...(preflight && { options: preflightMethod(allowedOrigin, allowed) }),
    [ANY_METHOD]: refusingMethod(PROBLEMS.methodNotAllowed, { Allow: staticValue(allowed.join(', ')) }, allowedOrigin),
  };
}

function method(props: RestApiBodyProps, route: Route, models: GatewayModels): BodyMethod {
  const { operation } = route;
  const body = requestBody(operation, props.domainMediaTypes, models);
  const checked = parameterRules(props.service, route);
  const notEnforced = [...operation.notEnforced, ...checked.notEnforced, ...body.notEnforced];
  return authorizedMethod({
    ...parameters(route, props.service),
    [PARAMETER_RULES]: rulesDigest(checked.rules),
    ...(body.content && { requestBody: { required: operation.contentRequired, content: body.content } }),
    responses: { default: { description: 'from the service' } },
    'x-amazon-apigateway-integration': integration(props.service, route, props.target),
    ...(notEnforced.length > 0 && { [NOT_ENFORCED]: notEnforced }),
  });
}

function parameters({ operation, parameters: named }: Route, service: ApiService): Record<string, unknown> {
  const fromPath = [...named.values()].map((name): Parameter => ({ name, location: ParameterLocation.PATH, required: true }));
  const declared = operation.parameters.filter(({ location }) => location !== ParameterLocation.PATH)
    .map((parameter) => ({ ...parameter, required: parameter.required === true && isSeenByGateway(service, parameter) }));
  const marking: Parameter[] = service.protectiveMarking.isRequired ? [{ name: 'X-Protective-Marking', location: ParameterLocation.HEADER, required: true }] : [];
  const all = [...fromPath, ...declared, ...marking].map(({ name, location, required }) => ({ name, in: location, required: required ?? false, schema: { type: 'string' } }));
  return all.length > 0 ? { parameters: all } : {};
}

/**
 * Models by content type.
 *
 * The gateway skips validation for a content type without a model, so a type that the web ACL lets through for
 * another operation's sake gets a model that nothing satisfies.
 */
function requestBody(operation: Operation, domainMediaTypes: readonly string[], models: GatewayModels): { content?: Record<string, unknown>; notEnforced: string[] } {
  if (operation.content.length === 0) return { notEnforced: [] };
  const accepted = operation.content.map(({ mediaType }) => mediaType);
  const bodies = operation.content.map(({ mediaType, schema }) => ({ mediaType, ...models.body(mediaType, schema) }));
  const refused = domainMediaTypes.filter((type) => !accepted.includes(type));
  return {
    content: Object.fromEntries([
      ...bodies.map(({ mediaType, schema }) => [mediaType, schema === undefined ? {} : { schema }]),
      ...refused.map((type) => [type, { schema: models.nothing }]),
    ]),
    notEnforced: bodies.flatMap(({ notEnforced }) => notEnforced),
  };
}

/** Without this the gateway decodes a binary body as UTF-8 and ruins it. */
function binaryTypes(routes: readonly Route[]): string[] {
  const types = routes.flatMap(({ operation }) => operation.content.map(({ mediaType }) => mediaType));
  return [...new Set(types.filter((type) => !/^text\/|json|xml|x-www-form-urlencoded/.test(type)))].sort();
}

/** Results are not cached: a trust token is one transaction's. */
function authorizerScheme({ partition, region, account }: IntegrationTarget): Record<string, unknown> {
  const functionArn = `arn:${partition}:lambda:${region}:${account}:function:\${stageVariables.${AUTHORIZER_STAGE_VARIABLE}}`;
  return {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
      authorizerResultTtlInSeconds: 0,
      identitySource: 'method.request.header.Authorization',
    },
  };
}
