import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses a JSON document that nests without measure', () => {
  const file = written('accounts.json', `{"x-deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_SIZE: an OpenAPI document is at most 20 MiB and nests at most 200 levels, got more than 200 levels at accounts.json#/x-deep/0/0/0/0/0/…; write several smaller documents'),
  );
});
