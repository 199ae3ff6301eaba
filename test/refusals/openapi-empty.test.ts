import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an empty OpenAPI file', () => {
  const file = written('accounts.yaml', '');
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_FILE: an OpenAPI document is a readable JSON or YAML file, got 'accounts.yaml': empty; write an OpenAPI document in that file"),
  );
});
