import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an OpenAPI 3.1 document with a type that JSON Schema does not know', () => {
  const file = written('accounts.yaml', "openapi: 3.1.0\ninfo: { title: Accounts, version: '1' }\ncomponents: { schemas: { Account: { properties: { id: { type: text } } } } }\n");
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_INVALID: an OpenAPI document is valid, got accounts.yaml#/components/schemas/Account/properties/id/type: must be one of array, boolean, integer, null, number, object, string; write a document that the OpenAPI Specification allows'),
  );
});
