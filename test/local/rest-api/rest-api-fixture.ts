import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import type { ApiDocument, IntegrationSettings, Operation } from '../../../local/rest-api/api-document';
import type { GatewayAnswer, GatewayRequest } from '../../../local/rest-api/gateway-request';
import type { BackendRequest, InvocationOutcome } from '../../../local/rest-api/invocation';
import { RestApi, type RestApiProps } from '../../../local/rest-api/rest-api';

/** A stage whose functions and backends are stand-ins that record what reaches them. */
export interface RestApiFixture {
  readonly api: RestApi;
  readonly events: Record<string, unknown>[];
  readonly backendRequests: BackendRequest[];
  send(over?: Partial<GatewayRequest>, basePath?: string): Promise<GatewayAnswer>;
}

/** What stands behind the stage; a function answers an event, a backend the headers it is asked for. */
export interface FixtureOptions extends Partial<RestApiProps> {
  readonly invoke?: (event: Record<string, unknown>, functionArn: string) => InvocationOutcome;
  readonly respond?: (request: BackendRequest) => { readonly status: number; readonly rawHeaders: string[]; readonly body: string };
}

const FUNCTION_URI = 'arn:aws:apigateway:ap-southeast-2:lambda:path/2015-03-31/functions/arn:aws:lambda:ap-southeast-2:111111111111:function:${stageVariables.fn}/invocations';

export const MOCK: IntegrationSettings = { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":200}' }, responses: { default: { statusCode: 200 } } };
export const LAMBDA: IntegrationSettings = { type: 'aws_proxy', httpMethod: 'POST', uri: FUNCTION_URI };

/** An operation with an integration. */
export function operation(integration: IntegrationSettings, more: Partial<Operation> = {}): Operation {
  return { ...more, 'x-amazon-apigateway-integration': integration };
}

/** A document whose scheme `authorizer` is a Lambda authorizer. */
export function authorized(document: ApiDocument): ApiDocument {
  return {
    ...document,
    components: {
      ...document.components,
      securitySchemes: { authorizer: { type: 'apiKey', 'x-amazon-apigateway-authorizer': { type: 'request', authorizerUri: FUNCTION_URI, identitySource: 'method.request.header.Authorization', authorizerResultTtlInSeconds: 0 } } },
    },
  };
}

/** An authorizer's answer for an event. */
export function policy(Effect: 'Allow' | 'Deny', context: { readonly [name: string]: string } = {}): InvocationOutcome {
  return { value: { principalId: 'someone', policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource: '*' }] }, context } };
}

/** Makes the stage. */
export function restApiFixture(document: ApiDocument, options: FixtureOptions = {}): RestApiFixture {
  const { invoke = () => ({ value: { statusCode: 200, body: 'ok' } }), respond = () => ({ status: 200, rawHeaders: [], body: '' }), ...props } = options;
  const [events, backendRequests]: [Record<string, unknown>[], BackendRequest[]] = [[], []];
  const api = new RestApi({
    identity: { accountId: '111111111111', region: 'ap-southeast-2', apiId: 'abcdefghij', stage: 'live' },
    document, stageVariables: { api: 'accounts/0', fn: 'authorizer', host: 'backend.example', publishedKeysFunction: 'published-keys' }, methodSettings: [],
    targets: {
      functions: {
        invoke: (arn, event) => {
          events.push(event as Record<string, unknown>);
          return Promise.resolve(invoke(event as Record<string, unknown>, arn));
        },
      },
      backends: {
        send: (request) => {
          backendRequests.push(request);
          const { status, rawHeaders, body } = respond(request);
          return Promise.resolve(Object.assign(new PassThrough().end(body), { statusCode: status, rawHeaders }) as unknown as IncomingMessage);
        },
      },
    },
    ...props,
  });
  return {
    api, events, backendRequests,
    send: (over = {}, basePath = '') => api.handle({
      method: 'GET', path: '/', query: '', headers: [], body: Buffer.alloc(0), sourceIp: '127.0.0.1', hostName: 'api.example',
      protocol: 'HTTP/1.1', tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', ...over,
    }, basePath),
  };
}

/** Body of an answer as JSON. */
export function json(answer: GatewayAnswer): unknown {
  return JSON.parse(answer.body.toString());
}
