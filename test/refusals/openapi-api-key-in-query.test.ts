import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written, yamlDocument } from '../fixtures/openapi/written';

test('refuses an API key in the query string', () => {
  const file = written('accounts.yaml', yamlDocument('components: { securitySchemes: { key: { type: apiKey, in: query, name: api_key } } }\n'));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("API_KEY_IN_QUERY: an API key travels in a header, never in the query string, got accounts.yaml#/components/securitySchemes/key: in: query; write in: 'header' in the security scheme"),
  );
});
