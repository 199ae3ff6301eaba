import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHORIZER_CONFIGURATION_FILE } from '../contract/authorizer-configuration';
import { JWKS_PATH } from '../contract/trust-token';
import { isRecord, valueAt } from './value';
import { jsonFile } from './json-file';

/** Where the file or directory behind an asset's object key lies. */
export type AssetFiles = ReadonlyMap<string, string>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'x-amazon-apigateway-any-method'];

const READERS: Readonly<Record<string, (properties: Record<string, unknown>, files: AssetFiles) => Record<string, unknown>>> = {
  'AWS::ApiGateway::RestApi': restApiDocuments,
  'AWS::Lambda::Function': functionDocuments,
};

/** What a resource's assets say, below `$` names that no template property has. */
export function assetDocuments(type: string, properties: Record<string, unknown>, files: AssetFiles): Record<string, unknown> {
  return READERS[type]?.(properties, files) ?? {};
}

/** Operations are those that reach a service; the public keys are for everybody to read, and reach none. */
function restApiDocuments(properties: Record<string, unknown>, files: AssetFiles): Record<string, unknown> {
  const key = valueAt(properties, 'BodyS3Location.Key');
  const file = typeof key === 'string' ? files.get(key) : undefined;
  const body = file === undefined ? properties.Body : jsonFile(file);
  if (!isRecord(body)) return {};
  const operations = operationsOf(body);
  return {
    $body: body,
    $operations: operations.filter((operation) => !answersAlone(operation) && operation.$path !== JWKS_PATH),
    $gatewayResponses: body['x-amazon-apigateway-gateway-responses'],
  };
}

function operationsOf(body: Record<string, unknown>): Record<string, unknown>[] {
  const inherited = { security: body.security, 'x-amazon-apigateway-request-validator': body['x-amazon-apigateway-request-validator'] };
  return Object.entries(isRecord(body.paths) ? body.paths : {}).flatMap(([path, item]) => METHODS
    .map((method) => [method, valueAt(item, [method])] as const)
    .flatMap(([method, operation]) => (isRecord(operation) ? [{ ...inherited, ...operation, $path: path, $method: method }] : [])));
}

/** A mock integration: the gateway itself answers (405, preflight), no service is reached. */
function answersAlone(operation: Record<string, unknown>): boolean {
  return /^mock$/i.test(String(valueAt(operation, ['x-amazon-apigateway-integration', 'type'])));
}

function functionDocuments(properties: Record<string, unknown>, files: AssetFiles): Record<string, unknown> {
  const key = valueAt(properties, 'Code.S3Key');
  const directory = typeof key === 'string' ? files.get(key) : undefined;
  if (directory === undefined || !existsSync(directory) || !statSync(directory).isDirectory()) return {};
  const file = join(directory, AUTHORIZER_CONFIGURATION_FILE);
  return existsSync(file) ? { $configuration: jsonFile(file) } : {};
}
