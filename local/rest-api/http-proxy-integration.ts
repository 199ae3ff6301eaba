import type { IncomingMessage } from 'node:http';
import { API_STAGE_VARIABLE } from '../../lib/contract/authorizer-configuration';
import { LocalRefusal } from '../local-refusal';
import type { ApiDocument, IntegrationSettings } from './api-document';
import { GatewayRefusal } from './gateway-response';
import type { Integration } from './integration';
import { INTEGRATION_TIMEOUT_MILLIS, type BackendConnector } from './invocation';
import { compileMapping, withStageVariables, type MappedValue, type MappingSource, type StageVariables } from './parameter-mapping';
import { returnedName } from './returned-headers';
import { RouteTable } from './route-table';

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'content-length', 'expect']);

/** A declared mapping to a header, path parameter or query parameter of the request to the backend. */
interface Mapping { readonly name: string; readonly expression: string; readonly read: MappedValue }

/** Passes a request through to an HTTP endpoint: all headers and query parameters, with the declared mappings on top. */
export function httpProxy(settings: IntegrationSettings, backends: BackendConnector, stageVariables: StageVariables): Integration {
  if (settings.uri === undefined) throw new LocalRefusal('LOCAL_INTEGRATION', 'an http_proxy integration has a URI', 'none', 'uri: https://...');
  const mappings = Object.entries(settings.requestParameters ?? {}).map(([target, expression]) => ({ target, expression, read: compileMapping(expression) }));
  const of = (kind: string): Mapping[] => mappings.filter(({ target }) => target.startsWith(`integration.request.${kind}.`))
    .map(({ target, ...mapping }) => ({ ...mapping, name: target.slice(`integration.request.${kind}.`.length) }));
  const [headers, targetOf] = [forwarding(of('header')), targets(withStageVariables(settings.uri, stageVariables), of('path'), of('querystring'))];
  const method = settings.httpMethod === undefined || settings.httpMethod.toUpperCase() === 'ANY' ? undefined : settings.httpMethod.toUpperCase();
  const service = (stageVariables[API_STAGE_VARIABLE] ?? '').split('/')[0]!;
  return async ({ source }) => {
    const { request } = source;
    const started = Date.now();
    try {
      const response = await backends.send({
        service,
        method: method ?? request.method,
        url: targetOf(source),
        headers: headers(source),
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
      const latency = Date.now() - started;
      source.context.set('integrationLatency', latency);
      source.context.set('integration.latency', latency);
    }
  };
}

/** Compiles the URL that requests go to: what the template says, with path parameters in the places of their names and mapped query parameters behind the caller's own. */
function targets(uri: string, paths: readonly Mapping[], queries: readonly Mapping[]): (source: MappingSource) => string {
  // Text and names of path parameters, in turns; a name that nothing is mapped to stands as it is.
  const parts = uri.split(/\{([^{}]+)\}/).map((part, index) => index % 2 === 0 ? part : segment(part, paths));
  const separator = uri.includes('?') ? '&' : '?';
  return (source) => {
    const url = parts.map((part) => typeof part === 'string' ? part : part(source)).join('');
    const query = [source.request.query, ...queries.map(({ name, read }) => `${encodeURIComponent(name)}=${encodeURIComponent(read(source) ?? '')}`)].filter((part) => part !== '').join('&');
    return query === '' ? url : `${url}${separator}${query}`;
  };
}

function segment(name: string, paths: readonly Mapping[]): string | ((source: MappingSource) => string) {
  const mapping = paths.find((candidate) => candidate.name === name);
  if (mapping === undefined) return `{${name}}`;
  const { expression, read } = mapping;
  // A path parameter is encoded already; any other value stays one segment.
  return expression.startsWith('method.request.path.') ? (source) => read(source) ?? '' : (source) => encodeURIComponent(read(source) ?? '');
}

/** Compiles the headers that requests go on with: the caller's, without those of the connection and those that are mapped. */
function forwarding(mapped: readonly Mapping[]): (source: MappingSource) => [string, string][] {
  const left = new Set([...HOP_BY_HOP, ...mapped.map(({ name }) => name.toLowerCase())]);
  return (source) => {
    const headers: [string, string][] = [];
    for (const [name, value] of source.request.headers) {
      if (!left.has(name.toLowerCase())) headers.push([name, value]);
    }
    headers.push(['X-Forwarded-For', source.request.sourceIp], ['X-Forwarded-Port', '443'], ['X-Forwarded-Proto', 'https']);
    for (const { name, read } of mapped) {
      const value = read(source);
      if (value !== undefined) headers.push([name, value]);
    }
    return headers;
  };
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
