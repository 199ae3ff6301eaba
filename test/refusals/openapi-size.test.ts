import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an OpenAPI file of more than 20 MiB', () => {
  const file = written('accounts.json', ' '.repeat(21 * 1024 * 1024));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_SIZE: an OpenAPI document is at most 20 MiB and nests at most 200 levels, got accounts.json of 21.0 MiB; write several smaller documents'),
  );
});
