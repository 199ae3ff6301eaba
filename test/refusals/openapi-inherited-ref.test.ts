import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses a $ref to what every object inherits', () => {
  const file = written('accounts.yaml', yamlDocument("components: { schemas: { Account: { $ref: '#/components/constructor' } } }\n"));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_REF: every $ref points inside the document, as '#/…', to something that exists, got accounts.yaml#/components/schemas/Account/$ref: '#/components/constructor', where there is nothing; write the $ref of something that exists"),
  );
});
