import { importOpenApi } from '../../lib/declaration/openapi/import';

test('refuses an OpenAPI file that is not there', () => {
  const file = 'apis/accounts.yaml';
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_FILE: an OpenAPI document is a readable JSON or YAML file, got 'apis/accounts.yaml': no such file, relative to the working directory; write the path of an existing .json or .yaml file"),
  );
});
