import { BY_VALIDATOR } from '../../../lib/contract/body-validators';
import { GatewayModels } from '../../../lib/gateway/model';
import { Instances } from '../../fixtures/openapi/instance';
import { modelValidator, originalValidator } from '../../fixtures/openapi/validators';

const body = (schema: unknown) => new GatewayModels({}).body('application/json', schema);

test('leaves out what only describes', () => {
  const schema = { title: 'A', description: 'a', type: 'string', default: 'x', example: 'y', examples: ['z'], deprecated: true, writeOnly: true, xml: {}, externalDocs: {}, 'x-more': 1, $comment: '', format: 'password' };
  expect(body(schema)).toEqual({ schema: { type: 'string' }, notEnforced: [] });
});

test.each([
  [{ type: 'string', minLength: 1, pattern: '^a' }, { type: 'string', minLength: 1, pattern: '^a' }],
  [{ type: 'array' }, { type: 'array', items: {} }],
  [{ required: [] }, {}],
  [{ type: 'object', required: ['a', 'a'], additionalProperties: true }, { type: 'object', required: ['a'] }],
  [{ type: 'integer', exclusiveMinimum: 0 }, { type: 'integer', minimum: 1 }],
  [{ type: 'string', const: 'a' }, { type: 'string', enum: ['a'] }],
  [{ allOf: [{ required: ['a'] }, {}] }, { required: ['a'] }],
  [{ additionalProperties: false, allOf: [{ properties: { a: {} } }] }, { additionalProperties: false, allOf: [{ properties: { a: {} } }] }],
])('writes %j as OpenAPI 3.0 and JSON Schema draft 4 both have it', (schema, expected) => {
  expect(body(schema)).toEqual({ schema: expected, notEnforced: [] });
});

test.each([
  [{ format: 'uuid' }, 'format uuid is not checked', BY_VALIDATOR],
  [{ pattern: '^\\p{L}$' }, 'pattern ^\\p{L}$ is not checked, because the gateway reads it differently', BY_VALIDATOR],
  [{ minItems: 1 }, 'minItems 1 may not be checked, because the import leaves it out', BY_VALIDATOR],
  [{ contains: true }, 'contains is not checked', BY_VALIDATOR],
  [{ prefixItems: [{}], items: false }, 'prefixItems is not checked', BY_VALIDATOR],
  [{ items: [{}] }, 'items is not checked where it is a list', BY_VALIDATOR],
  [{ unevaluatedProperties: false }, 'unevaluatedProperties is not checked', BY_VALIDATOR],
  [{ propertyNames: { pattern: '^a' } }, 'propertyNames is not checked', BY_VALIDATOR],
  [{ discriminator: { propertyName: 'kind' } }, 'discriminator is not read; any of the alternatives may match', ''],
  [{ required: ['id', ''], properties: { id: { readOnly: true } } }, 'required is not checked for read-only properties: id', ''],
  [{ properties: { id: { readOnly: true } } }, 'read-only properties may be sent: id', BY_VALIDATOR],
  [{ format: 'swift-bic' }, 'format swift-bic is not checked', ''],
])('tells what it leaves out of %j: %s%s', (schema, note, by) => {
  expect(body(schema).notEnforced).toContain(`application/json#: ${note}${by}`);
});

test('names the place of what it leaves out', () => {
  const schema = { properties: { 'a/b': { items: { anyOf: [{}, { additionalProperties: { format: 'date' } }] } } } };
  expect(body(schema).notEnforced).toEqual([`application/json#/properties/a~1b/items/anyOf/1/additionalProperties: format date is not checked${BY_VALIDATOR}`]);
});

/** Schemas that use what gateway models lack; values are made of them and checked by both. */
const DEMANDING: unknown[] = [
  { type: 'object', properties: { a: { type: ['string', 'null'], enum: ['x', null] } }, required: ['a'] },
  { type: 'object', properties: { kind: { const: 'a' }, x: { type: 'integer' } }, if: { properties: { kind: { const: 'a' } } }, then: { required: ['x'] }, else: { required: ['y'] } },
  { if: { type: 'string', format: 'date' }, then: { maxLength: 10 }, else: { type: ['string', 'object'] } },
  { type: 'object', dependentRequired: { a: ['b'], c: [] }, properties: { a: { type: 'integer' }, b: { type: 'integer' } } },
  { dependentSchemas: { a: { required: ['b'] } }, anyOf: [{ type: 'string' }, { type: 'object', properties: { a: {}, b: {} } }] },
  { type: 'object', patternProperties: { '^e': { type: 'integer' } }, additionalProperties: false, properties: { a: { type: 'string' } } },
  { oneOf: [{ type: 'string', pattern: '^\\p{L}+$' }, { type: 'string', maxLength: 1 }, { type: 'integer' }] },
  { oneOf: [{ type: 'integer', exclusiveMinimum: 3 }, { type: 'integer', exclusiveMaximum: 3 }] },
  { not: { type: 'object', required: ['extra'] }, type: 'object', properties: { a: { type: 'number', exclusiveMinimum: 0.5 } } },
  { not: { type: 'string', format: 'uuid' } },
  { not: { not: { type: ['string', 'number'] } } },
  { not: {} },
  { not: false },
  { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false },
  { type: 'array', items: { type: ['integer', 'null'] }, minItems: 1, uniqueItems: true, contains: { const: 1 } },
  { type: 'object', properties: { yes: true, no: false }, unevaluatedProperties: false },
  { type: ['object', 'array'], items: false, maxProperties: 1 },
  { type: 'object', additionalProperties: { type: 'integer', multipleOf: 2 }, propertyNames: { maxLength: 4 } },
  { allOf: [{ type: 'object', properties: { a: { type: 'integer' } } }, { properties: { b: { type: 'string' } }, additionalProperties: { type: 'integer' } }] },
  true,
  false,
];

test.each(DEMANDING.map((schema) => [schema]))('never refuses what %j accepts, and tells when it accepts more', (schema) => {
  const { schema: model, notEnforced } = body(schema);
  const accepts = modelValidator(model, {});
  const original = originalValidator('3.1', schema, {}, true);
  const lenient = originalValidator('3.1', schema, {}, false);
  const instances = new Instances({});
  const values = Array.from({ length: 300 }, (_, index) => (index % 3 === 0 ? instances.like(schema) : instances.changed(instances.like(schema))));
  expect(values.filter((value) => lenient(value) && !accepts(value))).toEqual([]);
  if (notEnforced.length === 0) expect(values.filter((value) => accepts(value) && !original(value))).toEqual([]);
});
