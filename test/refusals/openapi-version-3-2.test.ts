import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses OpenAPI 3.2', () => {
  const file = written('accounts.yaml', 'openapi: 3.2.0\n');
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error(`OPENAPI_VERSION: an OpenAPI document is of version 3.0 or 3.1, got openapi: "3.2.0" in accounts.yaml; write openapi: '3.1.1'`),
  );
});
