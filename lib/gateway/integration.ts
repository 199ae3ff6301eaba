import { API_KEY_HEADER } from '../contract/api-key';
import { TRUST_TOKEN_HEADER } from '../contract/trust-token';
import { ApiService } from '../declaration/api-service';
import { Route } from '../declaration/partition';
import { staticValue } from './problem-response';

/** The environment's own values that an integration needs at synthesis. */
export interface IntegrationTarget {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly domainName: string;
}

/** `x-amazon-apigateway-integration` of an operation. */
export function integration(service: ApiService, { operation, parameters }: Route, target: IntegrationTarget): Record<string, unknown> {
  const { functionName, url } = service.backend;
  return functionName === undefined
    ? httpsIntegration(`${(url ?? '').replaceAll('{domainName}', target.domainName)}${operation.path}`, operation.method, parameters)
    : lambdaIntegration(functionName, target);
}

/** The backend gets the trust token in place of whatever the caller sent, and never the caller's own credential. */
function httpsIntegration(uri: string, httpMethod: string, parameters: Route['parameters']): Record<string, unknown> {
  const path = [...parameters].map(([declared, name]) => [`integration.request.path.${declared}`, `method.request.path.${name}`]);
  return {
    type: 'http_proxy',
    httpMethod,
    uri,
    passthroughBehavior: 'when_no_match',
    timeoutInMillis: 29000,
    requestParameters: {
      ...Object.fromEntries(path),
      [`integration.request.header.${TRUST_TOKEN_HEADER}`]: 'context.authorizer.trustToken',
      'integration.request.header.Authorization': staticValue('removed-by-gateway'),
      'integration.request.header.DPoP': staticValue('removed-by-gateway'),
      [`integration.request.header.${API_KEY_HEADER}`]: staticValue('removed-by-gateway'),
      'integration.request.header.Forwarded': staticValue('for=removed-by-gateway'),
      'integration.request.header.X-Correlation-Id': 'context.extendedRequestId',
      'integration.request.header.X-Forwarded-Host': 'context.domainName',
    },
  };
}

/** The function finds the trust token in `requestContext.authorizer`. */
function lambdaIntegration(functionName: string, { partition, region, account }: IntegrationTarget): Record<string, unknown> {
  return {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/arn:${partition}:lambda:${region}:${account}:function:${functionName}/invocations`,
    timeoutInMillis: 29000,
  };
}
