import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses two operations of one name', () => {
  const file = written('accounts.yaml', yamlDocument("      operationId: list\n    head:\n      operationId: list\n      responses: { '200': { description: Accounts } }\n"));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_INVALID: an OpenAPI document is valid, got accounts.yaml#/paths/~1accounts/head/operationId: must be unique, and #/paths/~1accounts/get is 'list' too; write a document that the OpenAPI Specification allows"),
  );
});
