import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses a parameter $ref to something that is no parameter', () => {
  const file = written('accounts.yaml', yamlDocument("      parameters: [{ $ref: '#/info' }]\n"));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_INVALID: an OpenAPI document is valid, got accounts.yaml#/paths/~1accounts: must have a parameter where there is '#/info'; write a document that the OpenAPI Specification allows"),
  );
});
