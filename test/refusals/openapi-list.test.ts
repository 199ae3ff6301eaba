import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an OpenAPI file with a list in it', () => {
  const file = written('accounts.json', '[]');
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_INVALID: an OpenAPI document is valid, got accounts.json#: must be object; write a document that the OpenAPI Specification allows'),
  );
});
