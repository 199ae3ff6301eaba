import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an OpenAPI file that is neither JSON nor YAML by its name', () => {
  const file = written('accounts.txt', '{}');
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_FILE: an OpenAPI document is a readable JSON or YAML file, got 'accounts.txt': an extension other than .json, .yaml and .yml; write the path of an existing .json or .yaml file"),
  );
});
