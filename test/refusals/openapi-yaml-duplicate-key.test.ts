import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an OpenAPI file that says one thing twice', () => {
  const file = written('accounts.yaml', 'openapi: 3.0.3\npaths: {}\npaths: {}\n');
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_FILE: an OpenAPI document is a readable JSON or YAML file, got accounts.yaml: line 3, column 1: duplicated mapping key; write the document so that it parses from there on'),
  );
});
