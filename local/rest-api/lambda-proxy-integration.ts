import { LocalRefusal } from '../local-refusal';
import type { IntegrationSettings } from './api-document';
import { functionArnOf } from './authorizer';
import { BinaryMediaTypes } from './binary-media-types';
import { header, type GatewayAnswer } from './gateway-request';
import { GatewayRefusal } from './gateway-response';
import type { Integration } from './integration';
import { INTEGRATION_TIMEOUT_MILLIS, type FunctionInvoker } from './invocation';
import { withStageVariables, type StageVariables } from './parameter-mapping';
import { restEvent } from './proxy-event';
import { returnedName } from './returned-headers';

interface ProxyResult {
  readonly statusCode?: number | string;
  readonly headers?: { readonly [name: string]: string | boolean };
  readonly multiValueHeaders?: { readonly [name: string]: readonly (string | boolean)[] };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

// "If the function output is of a different format, API Gateway returns a 502 Bad Gateway error response."
const MEMBERS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** Hands a request to a Lambda function as a REST proxy event (version 1.0) and returns what the function says. */
export function lambdaProxy(settings: IntegrationSettings, functions: FunctionInvoker, stageVariables: StageVariables, binary = new BinaryMediaTypes()): Integration {
  if (settings.uri === undefined) throw new LocalRefusal('LOCAL_INTEGRATION', 'an aws_proxy integration has a URI', 'none', 'uri: arn:aws:apigateway:REGION:lambda:path/...');
  const functionArn = functionArnOf(withStageVariables(settings.uri, stageVariables));
  return async ({ source, resourcePath, authorizer }) => {
    const started = Date.now();
    const event = restEvent(resourcePath, source) as { requestContext: object };
    const body = source.request.body;
    const isBase64Encoded = body.length > 0 && binary.sent(source.request);
    const outcome = await inTime(functions.invoke(functionArn, {
      ...event,
      requestContext: { ...event.requestContext, ...authorizer === undefined ? {} : { authorizer: { ...asTexts(authorizer.context ?? {}), principalId: authorizer.principalId } } },
      body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
      isBase64Encoded,
    }), settings.timeoutInMillis ?? INTEGRATION_TIMEOUT_MILLIS);
    source.context.set('integrationLatency', Date.now() - started);
    source.context.set('integration.latency', Date.now() - started);
    if (outcome === undefined) throw new GatewayRefusal('INTEGRATION_TIMEOUT');
    if ('error' in outcome) {
      source.context.set('integrationErrorMessage', outcome.error.errorMessage);
      // A function that ends before the integration does is an error of the function, also where its own time ran out.
      throw malformed();
    }
    source.context.set('integrationStatus', 200);
    const answer = answered(outcome.value, binary.accepted(source.request));
    source.context.set('integration.status', answer.status);
    return answer;
  };
}

/** What an authorizer said, as events carry it. */
function asTexts(context: { readonly [name: string]: string | number | boolean }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [name, String(value)]));
}

async function inTime<T>(outcome: Promise<T>, millis: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([outcome, new Promise<undefined>((resolve) => { timer = setTimeout(resolve, millis, undefined); })]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a function says, as its caller gets it; `decoded` says whether base64 is more than text to it. */
function answered(value: unknown, decoded: boolean): GatewayAnswer {
  if (!isProxyResult(value)) throw malformed();
  const several = Object.entries(value.multiValueHeaders ?? {}).flatMap(([name, values]) => values.map((one) => [name, String(one)] as const));
  const single = Object.entries(value.headers ?? {}).map(([name, one]) => [name, String(one)] as const);
  const headers = [...single.filter(([name, one]) => !several.some(([other, another]) => other === name && another === one)), ...several].flatMap(([name, one]) => {
    const returned = returnedName(name);
    return returned === undefined ? [] : [[returned, one] as const];
  });
  return {
    status: Number(value.statusCode),
    headers: header({ headers }, 'content-type') === undefined ? [['content-type', 'application/json'], ...headers] : headers,
    body: Buffer.from(value.body ?? '', decoded && value.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

function isProxyResult(value: unknown): value is ProxyResult {
  if (typeof value !== 'object' || value === null || !Object.keys(value).every((member) => MEMBERS.has(member))) return false;
  const { statusCode, headers = {}, multiValueHeaders = {}, body = '' } = value as { readonly [member: string]: unknown };
  const status = Number(statusCode);
  const texts = (values: unknown): boolean => Array.isArray(values) && values.every((one) => ['string', 'boolean'].includes(typeof one));
  return Number.isInteger(status) && status >= 200 && status <= 599 && typeof body === 'string'
    && texts(Object.values(headers ?? {})) && Object.values(multiValueHeaders ?? {}).every(texts);
}

/** "If your Lambda function's response is not of the proxy format, API Gateway returns 502." */
function malformed(): GatewayRefusal {
  return new GatewayRefusal('API_CONFIGURATION_ERROR', { status: 502 });
}
