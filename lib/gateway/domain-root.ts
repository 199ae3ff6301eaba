import { ANY_METHOD } from '../contract/any-method';
import { PUBLISHED_KEYS_STAGE_VARIABLE } from '../contract/stage-variable';
import { JWKS_PATH } from '../contract/trust-token';
import { PROBLEMS } from '../contract/problem';
import { gatewayResponses } from './gateway-responses';
import { IntegrationTarget } from './integration';
import { refusingMethod } from './mock-answer';
import { staticValue } from './problem-response';
import { RestApiBody } from './rest-api-body';



/**
 * The REST API that answers what no other mapping of a domain name matches.
 *
 * Without it the platform answers an unmapped path with a bare 403 of its own.
 *
 * @param servesKeys also serve the public keys that verify trust tokens
 */
export function domainRootBody(title: string, target: IntegrationTarget, servesKeys: boolean): RestApiBody {
  const notFound = { [ANY_METHOD]: refusingMethod(PROBLEMS.notFound) };
  return {
    openapi: '3.0.1',
    info: { title, version: '1.0' },
    'x-amazon-apigateway-gateway-responses': gatewayResponses(target.domainName, undefined),
    paths: {
      '/': notFound,
      '/{proxy+}': notFound,
      ...(servesKeys && { [JWKS_PATH]: publishedKeys(target) }),
    },
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
