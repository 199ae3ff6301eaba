import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses a YAML document that nests without measure', () => {
  const file = written('accounts.yaml', `x-deep: ${'['.repeat(100_000)}`);
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_SIZE: an OpenAPI document is at most 20 MiB and nests at most 200 levels, got accounts.yaml: line 1, column 208: nesting exceeded maxDepth (200); write several smaller documents'),
  );
});
