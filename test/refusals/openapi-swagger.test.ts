import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses Swagger 2.0', () => {
  const file = written('accounts.yaml', "swagger: '2.0'\n");
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_VERSION: an OpenAPI document is of version 3.0 or 3.1, got swagger: "2.0" in accounts.yaml; write a document converted to OpenAPI 3.x (npx swagger2openapi)'),
  );
});
