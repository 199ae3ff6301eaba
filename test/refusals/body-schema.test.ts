import { bodyValidators } from '../../lib/gateway/body-validators';
import { apiService, post } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const declared = (schema: object) => apiService({ operations: [post('/accounts', { content: [{ mediaType: 'application/json', schema }] })] });

test('refuses a schema that no validator can be made of', () => {
  expect(refusalOf(() => bodyValidators(declared({ type: 'record' }), {}))).toBe(
    "BODY_SCHEMA: the schemas of request bodies are what OpenAPI 3.0 or 3.1 means by a schema, got 'type must be JSONType or JSONType[]: record' for 'accounts'; write keywords and types of that specification",
  );
});

test('makes one of a schema that is none of OpenAPI in words that constrain nothing', () => {
  expect(bodyValidators(declared({ type: 'object', 'x-note': { type: 'record' }, example: { type: 'record' } }), {})).toContain('bodyFault');
});
