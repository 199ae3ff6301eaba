import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses a $ref to another host', () => {
  const file = written('accounts.yaml', yamlDocument("components: { schemas: { Account: { $ref: 'https://schemas.example/account.json' } } }\n"));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_REF: every $ref points inside the document, as '#/…', to something that exists, got accounts.yaml#/components/schemas/Account/$ref: 'https://schemas.example/account.json'; write a bundled document"),
  );
});
