import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an OpenAPI file that is not YAML', () => {
  const file = written('accounts.yaml', 'openapi: 3.0.3\ninfo: [\npaths: {}\n');
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_FILE: an OpenAPI document is a readable JSON or YAML file, got accounts.yaml: line 3, column 1: deficient indentation; write the document so that it parses from there on'),
  );
});
