import { RouteTable } from '../../../local/rest-api/route-table';
import { MOCK, operation } from './rest-api-fixture';

const get = { get: operation(MOCK) };
const table = new RouteTable({ paths: { '/': get, '/a': get, '/a/{id}': get, '/a/fixed': { ...get, 'x-amazon-apigateway-any-method': operation(MOCK) }, '/a/{id}/b': get, '/files/{proxy+}': get } });

// Values are as sent: https://github.com/serverless/serverless/issues/5037; a trailing slash does not matter: https://github.com/aws-powertools/powertools-lambda-python/issues/1552
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html ("a specific resource takes precedence over a generic resource at the same level")
test.each([
  ['/', '/', {}],
  ['/a', '/a', {}],
  ['/a/', '/a', {}],
  ['/a/fixed', '/a/fixed', {}],
  ['/a/other', '/a/{id}', { id: 'other' }],
  ['/a/fixed/b', '/a/{id}/b', { id: 'fixed' }],
  ['/a/x%2Fy', '/a/{id}', { id: 'x%2Fy' }],
  ['/a/x%20y', '/a/{id}', { id: 'x%20y' }],
  ['/a/%zz', '/a/{id}', { id: '%zz' }],
  ['/files/x/%79', '/files/{proxy+}', { proxy: 'x/%79' }],
])('matches %s with %s', (path, resourcePath, pathParameters) => {
  expect(table.find('GET', path)).toMatchObject({ resourcePath, pathParameters });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html ("/parent/{proxy+} stands for any resource matching the path pattern of /parent/*")
test.each(['/b', '/a/1/c', '/a//b', '/files'])('matches nothing with %s', (path) => {
  expect(table.find('GET', path)).toBeUndefined();
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html ("ANY method represents any HTTP method that is to be supplied at run time")
test('gives other methods to the any-method operation, where there is one', () => {
  expect(table.find('PATCH', '/a/fixed')?.resourcePath).toBe('/a/fixed');
  expect(table.find('PATCH', '/a')).toBeUndefined();
});
