import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an empty OpenAPI file', () => {
  const file = written('accounts.yaml', '');
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_FILE: an OpenAPI document is a readable JSON or YAML file, got accounts.yaml: expected a document, but the input is empty; write the path of an existing .json or .yaml file'),
  );
});
