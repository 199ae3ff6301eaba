import { LocalRefusal } from '../local-refusal';
import type { IntegrationSettings } from './api-document';
import type { AuthorizerAnswer } from './authorizer';
import type { BinaryMediaTypes } from './binary-media-types';
import type { GatewayAnswer } from './gateway-request';
import { httpProxy } from './http-proxy-integration';
import type { BackendConnector, FunctionInvoker } from './invocation';
import { lambdaProxy } from './lambda-proxy-integration';
import { mock } from './mock-integration';
import type { MappingSource, StageVariables } from './parameter-mapping';

/** One request that passed every check, on its way to its integration. */
export interface IntegrationCall {
  readonly source: MappingSource;
  readonly resourcePath: string;
  /** What the authorizer said, for a Lambda backend. */
  readonly authorizer?: AuthorizerAnswer;
}

/** What integrations reach the outside through. */
export interface IntegrationTargets {
  readonly functions: FunctionInvoker;
  readonly backends: BackendConnector;
  /** Of the API; none where it says nothing. */
  readonly binary?: BinaryMediaTypes;
}

/** Runs an integration. @throws GatewayRefusal INTEGRATION_FAILURE, INTEGRATION_TIMEOUT, API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE */
export type Integration = (call: IntegrationCall) => Promise<GatewayAnswer>;

const INTEGRATIONS: { readonly [type: string]: (settings: IntegrationSettings, targets: IntegrationTargets, stageVariables: StageVariables) => Integration } = {
  http_proxy: (settings, { backends }, stageVariables) => httpProxy(settings, backends, stageVariables),
  aws_proxy: (settings, { functions, binary }, stageVariables) => lambdaProxy(settings, functions, stageVariables, binary),
  mock: (settings) => mock(settings),
};

/**
 * Compiles an `x-amazon-apigateway-integration`.
 *
 * @throws LocalRefusal for a type that is not emulated, or settings that cannot be honoured
 */
export function integration(operation: string, settings: IntegrationSettings | undefined, targets: IntegrationTargets, stageVariables: StageVariables): Integration {
  const compile = INTEGRATIONS[settings?.type.toLowerCase() ?? ''];
  if (settings === undefined || compile === undefined) {
    throw new LocalRefusal('LOCAL_INTEGRATION', `the integration of ${operation} is emulated`, settings?.type ?? 'none', `type: one of ${Object.keys(INTEGRATIONS).join(', ')}`);
  }
  return compile(settings, targets, stageVariables);
}
