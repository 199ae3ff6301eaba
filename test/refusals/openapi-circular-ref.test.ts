import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses $refs that lead to each other only', () => {
  const file = written('accounts.yaml', yamlDocument("components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } }\n"));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error('OPENAPI_CIRCULAR: a $ref leads to something that is not itself a circle of $refs, got accounts.yaml#/components/schemas/A/$ref: #/components/schemas/B -> #/components/schemas/A -> #/components/schemas/B; write a $ref that ends in a schema, parameter, body or path item'),
  );
});
