import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses a $ref to a text', () => {
  const file = written('accounts.yaml', yamlDocument("components: { schemas: { Account: { $ref: '#/info/title' } } }\n"));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_REF: every $ref points inside the document, as '#/…', to something that exists, got accounts.yaml#/components/schemas/Account/$ref: '#/info/title', which is a string; write the $ref of an object"),
  );
});
