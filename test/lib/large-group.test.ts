import { ApiGroup, ApiService, Backend, Classification, Exposure, Scopes } from '../../lib';
import { generatedDocument } from '../../bench/apps/generated-document';
import { publicDomain } from '../fixtures/declaration';
import { StampedEnvironment } from '../fixtures/environment-stage';

interface Body {
  readonly paths: Record<string, Record<string, unknown>>;
}

/** One group with one service of so many operations, stamped in the public domain. */
function stamped(operations: number): { stamp: StampedEnvironment; bodies: Body[] } {
  const service = ApiService.fromOpenApi('things', generatedDocument(operations), {
    owner: 'Things', classification: Classification.OFFICIAL, approvedExposure: [Exposure.PUBLIC], backend: Backend.https('https://things.{domainName}'), scopes: Scopes.allOf('things:read'),
  });
  const stamp = new StampedEnvironment({ securityDomains: [publicDomain()], groups: [new ApiGroup('things', { services: [service] })] });
  const keys = stamp.resources('PublicThings', 'AWS::ApiGateway::RestApi').map(({ BodyS3Location }) => (BodyS3Location as { Key: string }).Key);
  return { stamp, bodies: keys.map((key) => JSON.parse(stamp.asset(key)) as Body) };
}

/** Resources as the platform counts them: every node of the path tree. */
function resourcesOf({ paths }: Body): number {
  return new Set(Object.keys(paths).flatMap((path) => path.split('/').map((_, end, segments) => segments.slice(0, end + 1).join('/')))).size;
}

test.each([10, 100, 1000, 5000])('keeps a group of %d operations within every quota of the platform', (count) => {
  const { stamp, bodies } = stamped(count);
  const methods = bodies.flatMap(({ paths }) => Object.values(paths).flatMap((item) => Object.keys(item).filter((name) => !name.startsWith('x-'))));
  expect(methods).toHaveLength(count);
  expect(Math.max(...bodies.map(resourcesOf))).toBeLessThanOrEqual(300);
  expect(Math.max(...bodies.map((body) => JSON.stringify(body).length))).toBeLessThan(6 * 1024 * 1024);
  for (const { node } of stamp.stacks) {
    const template = stamp.template(node.id).toJSON() as { Resources: object };
    expect(Object.keys(template.Resources).length).toBeLessThan(400);
    expect(JSON.stringify(template).length).toBeLessThan(700_000);
  }
});

test('serves a large group under one host name, each part by a mapping of its own', () => {
  const { stamp, bodies } = stamped(5000);
  const mappings = stamp.resources('PublicThings', 'AWS::ApiGatewayV2::ApiMapping');
  expect(mappings).toHaveLength(bodies.length);
  expect(new Set(mappings.map(({ ApiMappingKey }) => ApiMappingKey)).size).toBe(bodies.length);
  expect(new Set(mappings.map(({ DomainName }) => DomainName))).toEqual(new Set(['api.test.bank.example']));
});
