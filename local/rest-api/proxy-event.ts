import { header, queryParameters, type GatewayRequest } from './gateway-request';
import type { MappingSource } from './parameter-mapping';
import { resourceId } from './request-context';

/** Members of an event's request context that are context variables of the same name. */
const CONTEXT_MEMBERS = ['accountId', 'apiId', 'stage', 'domainName', 'domainPrefix', 'httpMethod', 'path', 'protocol', 'requestId', 'extendedRequestId', 'requestTime'];

/** What identifies the API that a request came through. */
export interface StageIdentity {
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly region: string;
}

/**
 * The part that Lambda proxy and REQUEST authorizer events of a REST API share (payload version 1.0).
 *
 * `path` has the base path of a custom domain name in it, `methodArn` has not, as on the platform.
 */
export function restEvent(resourcePath: string, source: MappingSource): { readonly [member: string]: unknown } {
  const { request, context } = source;
  const headers = multiValue(request.headers);
  const query = queryParameters(request.query);
  const requestContext: { [member: string]: unknown } = {
    resourceId: resourceId(resourcePath), resourcePath, requestTimeEpoch: Number(context.get('requestTimeEpoch')), identity: callerIdentity(request),
  };
  for (const name of CONTEXT_MEMBERS) requestContext[name] = context.get(name);
  return {
    resource: resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: emptyAsNull(lastValues(query)),
    multiValueQueryStringParameters: emptyAsNull(Object.fromEntries(query)),
    pathParameters: emptyAsNull(source.pathParameters),
    stageVariables: emptyAsNull(source.stageVariables),
    requestContext,
  };
}

/** ARN of an invocation, which the policy of an authorizer is checked against. */
export function methodArn({ region, accountId, apiId, stage }: StageIdentity, method: string, path: string): string {
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}/${method}/${path.replace(/^\//, '')}`;
}

function callerIdentity(request: GatewayRequest): { readonly [member: string]: unknown } {
  return {
    accessKey: null, accountId: null, caller: null, user: null, userArn: null, principalOrgId: null,
    cognitoAuthenticationProvider: null, cognitoAuthenticationType: null, cognitoIdentityId: null, cognitoIdentityPoolId: null,
    sourceIp: request.sourceIp,
    userAgent: header(request, 'user-agent') ?? null,
    ...request.clientCertificate === undefined ? {} : { clientCert: request.clientCertificate },
  };
}

type Named = readonly [name: string, values: readonly string[]];

/** Values by name, as it was written first. */
function multiValue(pairs: readonly (readonly [string, string])[]): readonly Named[] {
  const values = new Map<string, readonly [string, string[]]>();
  for (const [name, value] of pairs) {
    const lower = name.toLowerCase();
    const entry = values.get(lower);
    if (entry === undefined) values.set(lower, [name, [value]]);
    else entry[1].push(value);
  }
  return [...values.values()];
}

function lastValues(values: Iterable<Named>): { [name: string]: string } {
  // From entries: a header may have the name of a prototype.
  return Object.fromEntries(Array.from(values, ([name, list]) => [name, list[list.length - 1]!]));
}

function emptyAsNull<T extends object>(value: T): T | null {
  return Object.keys(value).length === 0 ? null : value;
}
