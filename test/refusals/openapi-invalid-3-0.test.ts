import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an OpenAPI 3.0 document with responses that are a list', () => {
  const file = written('accounts.yaml', "openapi: 3.0.3\ninfo: { title: Accounts, version: '1' }\npaths: { /a: { get: { responses: [] } } }\n");
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_INVALID: an OpenAPI document is valid, got accounts.yaml#/paths/~1a/get/responses: must be object; write a document that the OpenAPI Specification allows'),
  );
});
