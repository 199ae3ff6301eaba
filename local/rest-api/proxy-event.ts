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
  const query = Object.fromEntries(queryParameters(request.query));
  return {
    resource: resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: emptyAsNull(lastValues(query)),
    multiValueQueryStringParameters: emptyAsNull(query),
    pathParameters: emptyAsNull(source.pathParameters),
    stageVariables: emptyAsNull(source.stageVariables),
    requestContext: {
      ...Object.fromEntries(CONTEXT_MEMBERS.map((name) => [name, context.get(name)])),
      resourceId: resourceId(resourcePath),
      resourcePath,
      requestTimeEpoch: Number(context.get('requestTimeEpoch')),
      identity: callerIdentity(request),
    },
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

function multiValue(pairs: readonly (readonly [string, string])[]): { [name: string]: string[] } {
  const values = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of pairs) {
    const entry = values.get(name.toLowerCase());
    if (entry === undefined) values.set(name.toLowerCase(), { name, values: [value] });
    else entry.values.push(value);
  }
  return Object.fromEntries([...values.values()].map((entry) => [entry.name, entry.values]));
}

function lastValues(values: { readonly [name: string]: readonly string[] }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list.at(-1)!]));
}

function emptyAsNull<T extends object>(value: T): T | null {
  return Object.keys(value).length === 0 ? null : value;
}
