import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses a YAML alias inside what it stands for', () => {
  const file = written('accounts.yaml', yamlDocument('x-circle: &circle { again: *circle }\n'));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_SIZE: an OpenAPI document is at most 20 MiB and nests at most 200 levels, got more than 200 levels at accounts.yaml#/x-circle/again/again/again/again/again/…; write several smaller documents'),
  );
});
