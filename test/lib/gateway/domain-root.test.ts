import { checkOperations } from '../../../lib/gateway/operation-check';
import { domainRootBody } from '../../../lib/gateway/domain-root';
import { HoneypotPath } from '../../../lib';
import { Body, TARGET } from '../../fixtures/rest-api-body';

const ANY = 'x-amazon-apigateway-any-method';
const root = (servesKeys: boolean): Body => domainRootBody('public domain', TARGET, { servesKeys }) as unknown as Body;

test.each(['/', '/{proxy+}'])('answers %s with 404 whatever the method', (path) => {
  const item = root(false).paths[path]!;
  expect(Object.keys(item)).toEqual([ANY]);
  expect(item[ANY]!['x-amazon-apigateway-integration'].responses!.default.statusCode).toBe('404');
});

test('serves the public keys in the one domain that is closest to the services', () => {
  expect(Object.keys(root(false).paths)).not.toContain('/.well-known/jwks.json');
  const keys = root(true).paths['/.well-known/jwks.json']!;
  expect(keys.get!['x-amazon-apigateway-integration']).toMatchObject({ type: 'aws_proxy', uri: expect.stringContaining('function:${stageVariables.publishedKeysFunction}/invocations') });
  expect(keys[ANY]!['x-amazon-apigateway-integration'].responses!.default).toMatchObject({ statusCode: '405', responseParameters: { 'method.response.header.Allow': "'GET'" } });
});

test('answers a honeypot by the authorizer, and its other methods as a resource of any API does', () => {
  const body = domainRootBody('public domain', TARGET, { servesKeys: true, honeypots: [HoneypotPath.post('/admin/users')] }) as unknown as Body;
  const item = body.paths['/admin/users']!;
  expect(item.post).toMatchObject({ security: [{ 'trust-token-authorizer': [] }, { api_key: [] }], 'x-amazon-apigateway-integration': { type: 'mock' } });
  expect(item[ANY]!['x-amazon-apigateway-integration'].responses!.default).toMatchObject({ statusCode: '405', responseParameters: { 'method.response.header.Allow': "'POST'" } });
  expect(() => checkOperations(body as never)).not.toThrow();
  delete (item.post as { security?: unknown }).security;
  expect(() => checkOperations(body as never)).toThrow('OPERATION_OPEN');
});

test('opens nothing but the public keys', () => {
  expect(() => checkOperations(root(true))).not.toThrow();
});
