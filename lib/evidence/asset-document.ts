import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { API_STAGE_VARIABLE, AUTHORIZER_CONFIGURATION_FILE } from '../contract/authorizer-configuration';
import { PARAMETER_CHECKS_FILE } from '../contract/parameter-rule';
import { ROOT_API } from '../contract/stage-variable';
import { STORED_TRUST_STORE_TYPE, TRUST_STORE_ATTRIBUTE } from '../contract/stored-trust-store';
import type { Home } from './assembly';
import { jsonFile } from './json-file';
import { servedOperations } from './operation-document';
import type { TemplateResource } from './stack-template';
import { unappliedPolicies } from './unapplied-policies';
import { isRecord, valueAt } from './value';

/** Where the file or directory behind an asset's object key lies. */
export type AssetFiles = ReadonlyMap<string, string>;

/** What surrounds a resource where its assets are read. */
export interface AssetPlace {
  readonly files: AssetFiles;
  readonly home: Home;
  /** The template that the resource stands in. */
  readonly resources: Readonly<Record<string, TemplateResource>>;
}

type Properties = Readonly<Record<string, unknown>>;

const READERS: Readonly<Record<string, (properties: Properties, place: AssetPlace, logicalId: string) => Properties>> = {
  'AWS::ApiGateway::DomainName': trustStoreDocument,
  'AWS::ApiGateway::RestApi': restApiDocuments,
  'AWS::Lambda::Function': functionDocuments,
};

/** What a resource's assets say, below `$` names that no template property has. */
export function assetDocuments(logicalId: string, type: string, properties: Properties, place: AssetPlace): Properties {
  return READERS[type]?.(properties, place, logicalId) ?? {};
}

/** An API whose description is not in the assembly has one operation of which nothing is known: no check on operations holds for it. */
function restApiDocuments(properties: Properties, place: AssetPlace, logicalId: string): Properties {
  const file = fileOf(valueAt(properties, 'BodyS3Location.Key'), place);
  const body = file === undefined ? properties.Body : jsonFile(file);
  if (!isRecord(body)) return { $operations: [{ $path: 'unknown', $method: 'unknown' }] };
  return {
    $body: body,
    $operations: servedOperations(body, place.home, isRoot(logicalId, place)),
    $gatewayResponses: body['x-amazon-apigateway-gateway-responses'],
  };
}

/** The root API answers what no service is mapped to, and may serve the public keys to everybody. */
function isRoot(logicalId: string, { resources }: AssetPlace): boolean {
  const stages = Object.values(resources).filter(({ Type, Properties }) => Type === 'AWS::ApiGateway::Stage' && valueAt(Properties, 'RestApiId.Ref') === logicalId);
  return stages.length > 0 && stages.every(({ Properties }) => valueAt(Properties, ['Variables', API_STAGE_VARIABLE]) === ROOT_API);
}

function functionDocuments(properties: Properties, place: AssetPlace): Properties {
  const directory = fileOf(valueAt(properties, 'Code.S3Key'), place);
  if (directory === undefined || !existsSync(directory) || !statSync(directory).isDirectory()) return {};
  const file = join(directory, AUTHORIZER_CONFIGURATION_FILE);
  if (!existsSync(file)) return {};
  const configuration = jsonFile(file);
  const unapplied = unappliedPolicies(configuration);
  return { $configuration: configuration, $checksParameters: existsSync(join(directory, PARAMETER_CHECKS_FILE)), ...(unapplied.length > 0 && { $unappliedPolicies: unapplied }) };
}

/** A stored trust store is what its resource declares; the version that the domain name has is that resource's own. */
function trustStoreDocument(properties: Properties, place: AssetPlace): Properties {
  const [owner, attribute] = [0, 1].map((index) => valueAt(properties, ['MutualTlsAuthentication', 'TruststoreVersion', 'Fn::GetAtt', String(index)]));
  const stored = typeof owner === 'string' && attribute === TRUST_STORE_ATTRIBUTE.bundleVersion ? place.resources[owner] : undefined;
  if (stored?.Type === STORED_TRUST_STORE_TYPE) return { $trustStore: valueAt(stored.Properties, 'Partners') };
  const file = fileOf(String(valueAt(properties, 'MutualTlsAuthentication.TruststoreUri')).split('/').at(-1), place);
  return file !== undefined && existsSync(file) ? { $trustStore: readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [] } : {};
}

function fileOf(key: unknown, { files }: AssetPlace): string | undefined {
  return typeof key === 'string' ? files.get(key) : undefined;
}
