import { PROBLEMS } from '../../lib/contract/problem';

type Json = { readonly [key: string]: unknown };

const ACCOUNT = '111111111111';
const REGION = 'ap-southeast-2';
const LAMBDA_URI = `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions`;

function extensions(): Json {
  const problem = (name: keyof typeof PROBLEMS, headers: Json = {}): Json => ({
    statusCode: PROBLEMS[name].status,
    responseParameters: { 'gatewayresponse.header.Content-Type': '\'application/problem+json\'', 'gatewayresponse.header.X-Correlation-Id': 'context.extendedRequestId', ...headers },
    responseTemplates: { 'application/json': `{"title":"${PROBLEMS[name].title}","status":${PROBLEMS[name].status},"instance":"$context.extendedRequestId"}` },
  });
  return {
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
    'x-amazon-apigateway-request-validator': 'all',
    'x-amazon-apigateway-gateway-responses': {
      UNAUTHORIZED: problem('unauthorized', { 'gatewayresponse.header.WWW-Authenticate': '\'Bearer\'' }),
      ACCESS_DENIED: problem('forbidden', { 'gatewayresponse.header.WWW-Authenticate': 'context.authorizer.challenge' }), MISSING_AUTHENTICATION_TOKEN: problem('notFound'), BAD_REQUEST_BODY: problem('badRequest'), BAD_REQUEST_PARAMETERS: problem('badRequest'),
      DEFAULT_5XX: { responseParameters: { 'gatewayresponse.header.Content-Type': '\'application/problem+json\'' }, responseTemplates: { 'application/json': '{"title":"Error"}' } },
    },
  };
}

function authorizer(): Json {
  return {
    type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'request', identitySource: 'method.request.header.Authorization', authorizerResultTtlInSeconds: 0,
      authorizerUri: `${LAMBDA_URI}/arn:aws:lambda:${REGION}:${ACCOUNT}:function:\${stageVariables.authorizerFunction}/invocations`,
    },
  };
}

/** An HTTP service: one resource, its model, and 405 for every other method. */
export function accountsDocument(): Json {
  const proxy = (method: string): Json => ({
    security: [{ authorizer: [] }],
    'x-amazon-apigateway-integration': {
      type: 'http_proxy', httpMethod: method, uri: 'https://${stageVariables.backendHost}/v1/customers/{id}',
      requestParameters: { 'integration.request.path.id': 'method.request.path.id', 'integration.request.header.Txn-Token': 'context.authorizer.trustToken' },
    },
  });
  return {
    openapi: '3.0.1', info: { title: 'accounts', version: '1' }, ...extensions(),
    paths: {
      '/customers/{id}': {
        get: proxy('GET'),
        post: {
          ...proxy('POST'),
          parameters: [{ name: 'X-Request-Purpose', in: 'header', required: true }],
          requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Customer' } } } },
        },
        patch: proxy('PATCH'),
        'x-amazon-apigateway-any-method': {
          'x-amazon-apigateway-integration': {
            type: 'mock', passthroughBehavior: 'when_no_templates', requestTemplates: { 'application/json': '{"statusCode":405}', 'text/plain': '{"statusCode":405}' },
            responses: { default: { statusCode: '405', responseParameters: { 'method.response.header.Allow': '\'GET, PATCH, POST\'' }, responseTemplates: { 'application/problem+json': '{"title":"Method Not Allowed"}' } } },
          },
        },
      },
    },
    components: {
      securitySchemes: { authorizer: authorizer() },
      schemas: { Customer: { type: 'object', required: ['name'], additionalProperties: false, properties: { name: { type: 'string', maxLength: 20 }, id: { type: 'string' }, parent: { $ref: '#/components/schemas/Customer' } } } },
    },
  };
}

/** A Lambda service. */
export function ledgerDocument(): Json {
  const lambdaProxy = { type: 'aws_proxy', httpMethod: 'POST', uri: `${LAMBDA_URI}/arn:aws:lambda:${REGION}:${ACCOUNT}:function:\${stageVariables.serviceFunction}/invocations` };
  return {
    openapi: '3.0.1', info: { title: 'ledger', version: '1' }, ...extensions(),
    paths: { '/entries': { get: { security: [{ authorizer: [] }], 'x-amazon-apigateway-integration': lambdaProxy } } },
    components: { securitySchemes: { authorizer: authorizer() } },
  };
}

/** The published keys, for everybody; inline in its template, so that its URI is an import. */
export function keysDocument(): Json {
  const uri = { 'Fn::Join': ['', [`${LAMBDA_URI}/`, { 'Fn::ImportValue': 'Test-Trust:Keys' }, '/invocations']] };
  return {
    openapi: '3.0.1', info: { title: 'keys', version: '1' }, ...extensions(),
    paths: { '/.well-known/jwks.json': { get: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri } } } },
  };
}
