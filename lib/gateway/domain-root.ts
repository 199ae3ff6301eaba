import { ANY_METHOD } from '../contract/any-method';
import { PUBLISHED_KEYS_STAGE_VARIABLE } from '../contract/stage-variable';
import { JWKS_PATH } from '../contract/trust-token';
import { PROBLEMS } from '../contract/problem';
import { HoneypotPath } from '../declaration/honeypot-path';
import { gatewayResponses } from './gateway-responses';
import { IntegrationTarget } from './integration';
import { refusingMethod } from './mock-answer';
import { staticValue } from './problem-response';
import { authorizedMethod, guarded, RestApiBody } from './rest-api-body';

/** How callers of the domain are challenged, and where. */
export interface DomainRootOptions {
  /** Also serve the public keys that verify trust tokens. */
  readonly servesKeys: boolean;
  readonly takesProofs?: boolean;
  /** Paths that look like operations; the authorizer refuses everybody there. */
  readonly honeypots?: readonly HoneypotPath[];
}

/**
 * The REST API that answers what no other mapping of a domain name matches.
 *
 * Without it the platform answers an unmapped path with a bare 403 of its own.
 * At a honeypot path it does what every REST API does with an operation, by the same authorizer and the same refusals.
 */
export function domainRootBody(title: string, target: IntegrationTarget, { servesKeys, takesProofs, honeypots = [] }: DomainRootOptions): RestApiBody {
  const notFound = { [ANY_METHOD]: refusingMethod(PROBLEMS.notFound) };
  return {
    openapi: '3.0.1',
    info: { title, version: '1.0' },
    'x-amazon-apigateway-gateway-responses': gatewayResponses(target.domainName, undefined, takesProofs),
    ...(honeypots.length > 0 && guarded(target)),
    paths: {
      '/': notFound,
      '/{proxy+}': notFound,
      ...Object.fromEntries(honeypots.map((honeypot) => [honeypot.path, pretended(honeypot)])),
      ...(servesKeys && { [JWKS_PATH]: publishedKeys(target) }),
    },
  };
}

/** The answer is never given: no consumer is subscribed to the group of the operation, so the authorizer denies it to everybody. */
function pretended({ method }: HoneypotPath): RestApiBody['paths'][string] {
  return {
    [method.toLowerCase()]: authorizedMethod(refusingMethod(PROBLEMS.forbidden)),
    [ANY_METHOD]: refusingMethod(PROBLEMS.methodNotAllowed, { Allow: staticValue(method) }),
  };
}

function publishedKeys({ partition, region, account }: IntegrationTarget): RestApiBody['paths'][string] {
  const functionArn = `arn:${partition}:lambda:${region}:${account}:function:\${stageVariables.${PUBLISHED_KEYS_STAGE_VARIABLE}}`;
  return {
    get: {
      responses: { default: { description: 'a JWK Set' } },
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
      },
    },
    [ANY_METHOD]: refusingMethod(PROBLEMS.methodNotAllowed, { Allow: staticValue('GET') }),
  };
}
