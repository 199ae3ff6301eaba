import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an OpenAPI file that is not JSON', () => {
  const file = written('accounts.json', '{\n  "openapi": "3.0.3",\n}');
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_FILE: an OpenAPI document is a readable JSON or YAML file, got accounts.json: line 3, column 1: unexpected '}'; write the document so that it parses from there on"),
  );
});
