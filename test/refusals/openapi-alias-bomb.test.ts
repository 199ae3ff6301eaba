import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses YAML aliases that expand without measure', () => {
  const file = written('accounts.yaml', yamlDocument(`x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n${Array.from({ length: 9 }, (_, index) => `x-${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]\n`).join('')}`));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_SIZE: an OpenAPI document is at most 20 MiB and nests at most 200 levels, got accounts.yaml, whose aliases expand to more than 20 MiB; write several smaller documents'),
  );
});
