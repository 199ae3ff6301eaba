import { LocalRefusal } from '../local-refusal';
import type { IntegrationSettings } from './api-document';
import { functionArnOf } from './authorizer';
import { header, type GatewayAnswer } from './gateway-request';
import { GatewayRefusal } from './gateway-response';
import type { Integration } from './integration';
import type { FunctionInvoker } from './invocation';
import { withStageVariables, type StageVariables } from './parameter-mapping';
import { restEvent } from './proxy-event';

interface ProxyResult {
  readonly statusCode?: number | string;
  readonly headers?: { readonly [name: string]: unknown };
  readonly multiValueHeaders?: { readonly [name: string]: readonly unknown[] };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** Hands a request to a Lambda function as a REST proxy event (version 1.0) and returns what the function says. */
export function lambdaProxy(settings: IntegrationSettings, functions: FunctionInvoker, stageVariables: StageVariables): Integration {
  if (settings.uri === undefined) throw new LocalRefusal('LOCAL_INTEGRATION', 'an aws_proxy integration has a URI', 'none', 'uri: arn:aws:apigateway:REGION:lambda:path/...');
  const functionArn = functionArnOf(withStageVariables(settings.uri, stageVariables));
  return async ({ source, resourcePath, authorizer }) => {
    const started = Date.now();
    const event = restEvent(resourcePath, source) as { requestContext: object };
    const body = source.request.body;
    const outcome = await functions.invoke(functionArn, {
      ...event,
      requestContext: { ...event.requestContext, ...authorizer === undefined ? {} : { authorizer: { ...asTexts(authorizer.context ?? {}), principalId: authorizer.principalId } } },
      body: body.length === 0 ? null : body.toString(),
      isBase64Encoded: false,
    });
    source.context.set('integrationLatency', Date.now() - started);
    if ('error' in outcome) {
      source.context.set('integrationErrorMessage', outcome.error.errorMessage);
      throw outcome.error.timedOut === true ? new GatewayRefusal('INTEGRATION_TIMEOUT') : malformed();
    }
    source.context.set('integrationStatus', 200);
    return answered(outcome.value as ProxyResult | null);
  };
}

/** What an authorizer said, as events carry it. */
function asTexts(context: { readonly [name: string]: string | number | boolean }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [name, String(value)]));
}

function answered(result: ProxyResult | null): GatewayAnswer {
  const status = Number(result?.statusCode);
  if (result === null || typeof result !== 'object' || !Number.isInteger(status) || status < 200 || status > 599 || result.body !== undefined && typeof result.body !== 'string') throw malformed();
  const headers = [
    ...Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)] as const),
    ...Object.entries(result.multiValueHeaders ?? {}).flatMap(([name, values]) => values.map((value) => [name, String(value)] as const)),
  ];
  return {
    status,
    headers: header({ headers }, 'content-type') === undefined ? [['content-type', 'application/json'], ...headers] : headers,
    body: Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** "If your Lambda function's response is not of the proxy format, API Gateway returns 502." */
function malformed(): GatewayRefusal {
  return new GatewayRefusal('API_CONFIGURATION_ERROR', { status: 502 });
}
