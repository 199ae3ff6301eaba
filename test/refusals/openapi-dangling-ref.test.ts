import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses a $ref to nothing', () => {
  const file = written('accounts.yaml', yamlDocument("      requestBody: { $ref: '#/components/requestBodies/Account' }\n"));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_REF: every $ref points inside the document, as '#/…', to something that exists, got accounts.yaml#/paths/~1accounts/get/requestBody/$ref: '#/components/requestBodies/Account', where there is nothing; write the $ref of something that exists"),
  );
});
