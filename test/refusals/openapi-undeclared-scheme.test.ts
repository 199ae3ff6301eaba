import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses a security requirement that no scheme describes', () => {
  const file = written('accounts.yaml', yamlDocument('      security: [{ oauth: [read] }]\n'));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_INVALID: an OpenAPI document is valid, got accounts.yaml#/paths/~1accounts/get/security/0: must name a declared security scheme, not 'oauth'; write a document that the OpenAPI Specification allows"),
  );
});
