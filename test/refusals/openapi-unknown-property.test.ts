import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses a misspelt property of an OpenAPI document', () => {
  const file = written('accounts.yaml', yamlDocument('      descripton: Lists accounts\n'));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_INVALID: an OpenAPI document is valid, got accounts.yaml#/paths/~1accounts/get: must not have the property 'descripton'; write a document that the OpenAPI Specification allows"),
  );
});
