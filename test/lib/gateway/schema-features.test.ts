import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiService, Backend, Classification, Exposure, Scopes } from '../../../lib';
import { BY_VALIDATOR } from '../../../lib/contract/body-validators';
import { NOT_ENFORCED } from '../../../lib/contract/not-enforced';
import { bodyValidators } from '../../../lib/gateway/body-validators';
import type { ApiDocument } from '../../../local/rest-api/api-document';
import { SchemaValidation } from '../../../local/rest-api/schema-validation';
import { loadedValidators } from '../../fixtures/body-validators';
import { bodyOf } from '../../fixtures/rest-api-body';
import { partitions } from '../../../lib/declaration/partition';
import { parameterRules } from '../../../lib/declaration/parameter-rules';
import { GatewayRequest } from '../../../lambda/authorizer/gateway-request';
import { parameterFault } from '../../../lambda/authorizer/parameter-module';
import { requestEvent } from '../../lambda/fixtures/authorizer';
import { PARAMETER_FEATURES } from './parameter-features';
import { FEATURE_SCHEMAS, SCHEMA_FEATURES } from './schema-features';

const folder = mkdtempSync(join(tmpdir(), 'features-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function imported(file: string, version: string, paths: object, schemas: object = FEATURE_SCHEMAS): ApiService {
  writeFileSync(file, JSON.stringify({ openapi: `${version}.0`, info: { title: 'Features', version: '1' }, paths, components: { schemas } }));
  return ApiService.fromOpenApi('features', file, {
    owner: 'Tests', classification: Classification.OFFICIAL, approvedExposure: [Exposure.PUBLIC], backend: Backend.lambda('features'), scopes: Scopes.allOf('send'),
  });
}

/** A document with one operation for each feature, read, modelled and compiled as the library does it. */
function declared(version: '3.0' | '3.1') {
  const file = join(folder, `${version}.json`);
  const features = SCHEMA_FEATURES.filter((feature) => feature.version === version);
  const paths = Object.fromEntries(features.map(({ schema }, index) => [`/${index}`, {
    post: { operationId: `send${index}`, requestBody: { required: true, content: { 'application/json': { schema } } }, responses: { 200: { description: 'done' } } },
  }]));
  const service = imported(file, version, paths);
  const body = bodyOf(service);
  const models = new SchemaValidation(body as unknown as ApiDocument);
  const validators = loadedValidators(bodyValidators(service, {})!);
  return features.map((feature, index) => {
    const method = body.paths[`/${index}`]!.post!;
    const { schema } = method.requestBody!.content['application/json']!;
    return {
      ...feature,
      notes: (method[NOT_ENFORCED] ?? []).filter((note) => !note.startsWith('security: ')),
      gateway: (value: unknown) => models.problem(schema as never, Buffer.from(JSON.stringify(value))) === undefined,
      service: (value: unknown) => validators.bodyFault(`send${index}`, 'application/json', value) === undefined,
    };
  });
}

describe.each(['3.0', '3.1'] as const)('a body under OpenAPI %s', (version) => {
  test.each(declared(version).map((feature) => [feature.feature, feature.enforcedBy, feature] as const))('%s: enforced by %s', (_, enforcedBy, { valid, invalid, gateway, service, notes }) => {
    expect([gateway(valid), service(valid)]).toEqual([true, true]);
    if (invalid !== undefined) expect([gateway(invalid), service(invalid)]).toEqual({ gateway: [false, false], service: [true, false], nobody: [true, true] }[enforcedBy]);
    const elsewhere = notes.filter((note) => note.endsWith(BY_VALIDATOR));
    // What the gateway does not enforce is in the evidence, and no more is claimed for the service than what it does.
    expect([notes.length > 0, notes.length > elsewhere.length]).toEqual({ gateway: [false, false], service: [true, false], nobody: [true, true] }[enforcedBy]);
  });
});

describe('a parameter', () => {
  const paths = Object.fromEntries(PARAMETER_FEATURES.map(({ parameter }, index) => [`/${index}`, { get: { parameters: [parameter], responses: { 200: { description: 'done' } } } }]));
  const service = imported(join(folder, 'parameters.json'), '3.1', paths, { Currency: { type: 'string', pattern: '^[A-Z]{3}$' } });
  const routes = partitions(service).flatMap(({ routes: some }) => some);
  const checked = (index: number) => parameterRules(service, routes.find(({ operation }) => operation.path === `/${index}`)!);

  test.each(PARAMETER_FEATURES.map((feature, index) => [feature.feature, feature.enforcedBy, feature, checked(index)] as const))('%s: enforced by %s', (_, enforcedBy, { valid, invalid }, { rules, notEnforced }) => {
    const accepts = (value: string) => parameterFault(rules, new GatewayRequest(requestEvent({ query: { q: value } }))) === undefined;
    expect([accepts(valid), accepts(invalid), notEnforced.length > 0]).toEqual(enforcedBy === 'authorizer' ? [true, false, false] : [true, true, true]);
  });
});
