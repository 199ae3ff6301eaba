import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses a file that names no OpenAPI version', () => {
  const file = written('accounts.yaml', 'paths: {}\n');
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_VERSION: an OpenAPI document is of version 3.0 or 3.1, got openapi: nothing in accounts.yaml; write openapi: '3.1.1'"),
  );
});
