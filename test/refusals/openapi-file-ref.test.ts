import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses a $ref to another file', () => {
  const file = written('accounts.yaml', yamlDocument("      parameters: [{ $ref: 'common.yaml#/components/parameters/Limit' }]\n"));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_REF: every $ref points inside the document, as '#/…', to something that exists, got accounts.yaml#/paths/~1accounts/get/parameters/0/$ref: 'common.yaml#/components/parameters/Limit'; write a bundled document"),
  );
});
