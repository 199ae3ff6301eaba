import { importOpenApi } from '../../lib/declaration/openapi/import';

test('refuses a directory as an OpenAPI file', () => {
  const file = 'test/fixtures';
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_FILE: an OpenAPI document is a readable JSON or YAML file, got 'test/fixtures': a directory; write the path of an existing .json or .yaml file"),
  );
});
