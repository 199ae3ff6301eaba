import type { IncomingMessage } from 'node:http';
import { API_STAGE_VARIABLE } from '../../lib/contract/authorizer-configuration';
import { LocalRefusal } from '../local-refusal';
import type { ApiDocument, IntegrationSettings } from './api-document';
import type { GatewayRequest } from './gateway-request';
import { GatewayRefusal } from './gateway-response';
import type { Integration } from './integration';
import { INTEGRATION_TIMEOUT_MILLIS, type BackendConnector } from './invocation';
import { assertMappable, mappedValue, withStageVariables, type MappingSource } from './parameter-mapping';
import { returnedName } from './returned-headers';
import { RouteTable } from './route-table';

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'content-length', 'expect']);

/** Passes a request through to an HTTP endpoint: all headers and query parameters, with the declared mappings on top. */
export function httpProxy(settings: IntegrationSettings, backends: BackendConnector): Integration {
  if (settings.uri === undefined) throw new LocalRefusal('LOCAL_INTEGRATION', 'an http_proxy integration has a URI', 'none', 'uri: https://...');
  const mappings = Object.entries(settings.requestParameters ?? {});
  mappings.forEach(([, expression]) => { assertMappable(expression); });
  const of = (kind: string): (readonly [string, string])[] => mappings.filter(([target]) => target.startsWith(`integration.request.${kind}.`))
    .map(([target, expression]) => [target.slice(`integration.request.${kind}.`.length), expression] as const);
  const [headers, paths, queries] = [of('header'), of('path'), of('querystring')];
  return async ({ source }) => {
    const { request } = source;
    const started = Date.now();
    try {
      const response = await backends.send({
        service: (source.stageVariables[API_STAGE_VARIABLE] ?? '').split('/')[0]!,
        method: settings.httpMethod === undefined || settings.httpMethod.toUpperCase() === 'ANY' ? request.method : settings.httpMethod.toUpperCase(),
        url: target(settings.uri!, paths, queries, source),
        headers: forwarded(request, headers, source),
        body: request.body,
        timeoutMillis: settings.timeoutInMillis ?? INTEGRATION_TIMEOUT_MILLIS,
      });
      const body = await bodyOf(response);
      source.context.set('integration.status', response.statusCode);
      source.context.set('integrationStatus', response.statusCode);
      return { status: response.statusCode!, headers: returned(response.rawHeaders), body };
    } catch (error) {
      source.context.set('integrationErrorMessage', (error as Error).message);
      throw new GatewayRefusal((error as { code?: string }).code === 'TIMEOUT' ? 'INTEGRATION_TIMEOUT' : 'INTEGRATION_FAILURE');
    } finally {
      source.context.set('integrationLatency', Date.now() - started);
      source.context.set('integration.latency', Date.now() - started);
    }
  };
}

function target(uri: string, paths: readonly (readonly [string, string])[], queries: readonly (readonly [string, string])[], source: MappingSource): string {
  let url = withStageVariables(uri, source.stageVariables);
  for (const [name, expression] of paths) {
    const value = mappedValue(expression, source) ?? '';
    // A path parameter is encoded already; any other value stays one segment.
    url = url.replace(`{${name}}`, () => expression.startsWith('method.request.path.') ? value : encodeURIComponent(value));
  }
  const query = [source.request.query, ...queries.map(([name, expression]) => `${encodeURIComponent(name)}=${encodeURIComponent(mappedValue(expression, source) ?? '')}`)].filter((part) => part !== '').join('&');
  return query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function forwarded(request: GatewayRequest, mapped: readonly (readonly [string, string])[], source: MappingSource): [string, string][] {
  const replaced = new Set(mapped.map(([name]) => name.toLowerCase()));
  return [
    ...request.headers.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && !replaced.has(name.toLowerCase())).map(([name, value]) => [name, value] as [string, string]),
    ['X-Forwarded-For', request.sourceIp], ['X-Forwarded-Port', '443'], ['X-Forwarded-Proto', 'https'],
    ...mapped.flatMap(([name, expression]) => {
      const value = mappedValue(expression, source);
      return value === undefined ? [] : [[name, value] as [string, string]];
    }),
  ];
}

// Events take half the time of an asynchronous iteration, which every request would pay for.
function bodyOf(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('error', reject).once('end', () => { resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)); });
  });
}

function returned(raw: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = returnedName(raw[index]!);
    if (name !== undefined) headers.push([name, raw[index + 1]!]);
  }
  return headers;
}

/** The backends that a stage's HTTP integrations name: service and URL, as the template has them. */
export function httpTargets(document: ApiDocument, stageVariables: { readonly [name: string]: string }): { readonly service: string; readonly url: string }[] {
  return [...new RouteTable(document).operations()].flatMap(({ operation }) => {
    const { type, uri } = operation['x-amazon-apigateway-integration'] ?? {};
    return type?.toLowerCase() !== 'http_proxy' || uri === undefined ? []
      : [{ service: (stageVariables[API_STAGE_VARIABLE] ?? '').split('/')[0]!, url: withStageVariables(uri, stageVariables).replace(/\{.*$/, '') }];
  });
}
