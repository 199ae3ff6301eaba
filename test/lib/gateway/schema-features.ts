/** Who enforces a part of a description. */
export type Enforcer = 'gateway' | 'service' | 'nobody';

/** One feature of schemas, and a body that has it right beside one that has it wrong. */
export interface SchemaFeature {
  readonly feature: string;
  readonly version: '3.0' | '3.1';
  readonly enforcedBy: Enforcer;
  readonly schema: unknown;
  readonly valid: unknown;
  readonly invalid: unknown;
}

const one = (schema: object): object => ({ type: 'object', properties: { a: schema } });
const text = (keywords: object): object => one({ type: 'string', ...keywords });
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

/** Schemas that the features refer to. */
export const FEATURE_SCHEMAS = {
  Tree: { type: 'object', required: ['name'], properties: { name: { type: 'string', maxLength: 5 }, children: { type: 'array', items: ref('Tree') } }, additionalProperties: false },
  Dated: { type: 'object', properties: { on: { type: 'string', format: 'date' }, next: ref('Dated') } },
  Cat: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' }, lives: { type: 'integer' } } },
  Dog: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' }, lives: { type: 'boolean' } } },
  Circle: { allOf: [ref('Circle'), { type: 'object', properties: { a: { type: 'string' } } }] },
};

type Row = readonly [feature: string, version: '3.0' | '3.1', enforcedBy: Enforcer, schema: unknown, valid: unknown, invalid: unknown];

const ROWS: readonly Row[] = [
  // Of every value.
  ['type', '3.0', 'gateway', text({}), { a: 'x' }, { a: 1 }],
  ['type, several', '3.1', 'gateway', one({ type: ['string', 'integer'] }), { a: 1 }, { a: true }],
  ['nullable', '3.0', 'gateway', text({ nullable: true }), { a: null }, { a: 1 }],
  ['no null without nullable', '3.0', 'gateway', text({}), { a: 'x' }, { a: null }],
  ['type null', '3.1', 'gateway', one({ type: ['string', 'null'] }), { a: null }, { a: 1 }],
  ['enum', '3.0', 'gateway', text({ enum: ['x', 'y'] }), { a: 'x' }, { a: 'z' }],
  ['enum with null', '3.0', 'gateway', text({ nullable: true, enum: ['x', null] }), { a: null }, { a: 'z' }],
  ['const', '3.1', 'gateway', one({ const: 'x' }), { a: 'x' }, { a: 'y' }],
  ['allOf', '3.0', 'gateway', { allOf: [text({}), { required: ['a'] }] }, { a: 'x' }, {}],
  ['anyOf', '3.0', 'gateway', one({ anyOf: [{ type: 'string' }, { type: 'integer' }] }), { a: 1 }, { a: true }],
  ['oneOf', '3.0', 'gateway', one({ oneOf: [{ type: 'integer' }, { type: 'number', maximum: 5 }] }), { a: 7 }, { a: 3 }],
  ['oneOf of parts that the gateway cannot check', '3.0', 'service', one({ oneOf: [{ type: 'string', format: 'date' }, { type: 'string', maxLength: 10 }] }), { a: 'x' }, { a: '2027-01-31' }],
  ['not', '3.0', 'gateway', one({ type: 'string', not: { enum: ['x'] } }), { a: 'y' }, { a: 'x' }],
  ['not of a part that the gateway cannot check', '3.0', 'service', one({ type: 'string', not: { format: 'ipv4' } }), { a: 'x' }, { a: '127.0.0.1' }],
  ['if, then, else', '3.1', 'gateway', { type: 'object', if: { properties: { a: { const: 1 } }, required: ['a'] }, then: { required: ['b'] }, else: { required: ['c'] } }, { a: 1, b: 1 }, { a: 1, c: 1 }],
  ['discriminator', '3.0', 'service', { oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat', dog: 'Dog' } } }, { kind: 'cat', lives: 9 }, { kind: 'dog', lives: 9 }],
  ['recursive $ref', '3.0', 'gateway', ref('Tree'), { name: 'a', children: [{ name: 'b' }] }, { name: 'a', children: [{ name: 'b', children: [{}] }] }],
  ['recursive $ref to a part that the gateway cannot check', '3.0', 'service', ref('Dated'), { next: { on: '2027-01-31' } }, { next: { next: { on: '2027-02-30' } } }],
  ['$ref with siblings', '3.1', 'gateway', { ...ref('Tree'), minProperties: 2 }, { name: 'a', children: [] }, { name: 'a' }],
  ['schema that contains itself', '3.0', 'nobody', { type: 'object', properties: { a: ref('Circle') } }, { a: { a: 'x' } }, undefined],
  // Of texts.
  ['minLength', '3.0', 'gateway', text({ minLength: 2 }), { a: 'xy' }, { a: 'x' }],
  ['maxLength', '3.0', 'gateway', text({ maxLength: 2 }), { a: '😀😀' }, { a: 'xyz' }],
  ['pattern', '3.0', 'gateway', text({ pattern: '^[A-Z]{3}$' }), { a: 'AUD' }, { a: 'aud' }],
  ['pattern of Unicode classes', '3.1', 'service', text({ pattern: '^\\p{Lu}+$' }), { a: 'É' }, { a: 'é' }],
  ['pattern that could run too long', '3.1', 'nobody', text({ pattern: '^(\\p{L}+)+$' }), { a: 'x' }, { a: '1' }],
  ...([
    ['date', '2024-02-29', '2023-02-29'], ['date-time', '2027-01-31T10:00:00Z', '2027-01-31 10:00'], ['time', '10:00:00Z', '25:00:00Z'], ['email', 'a@b.example', 'a at b'], ['uuid', '9b2d9d3c-5e6f-4a3b-8c1d-2e3f4a5b6c7d', '9b2d'],
    ['hostname', 'a.example', '-a'], ['ipv4', '192.0.2.1', '192.0.2.256'], ['ipv6', '2001:db8::1', '2001:db8'], ['uri', 'https://a.example/', 'a b'], ['uri-reference', '/a?b', 'a b'], ['duration', 'P1DT2H', '1 day'], ['json-pointer', '/a/0', 'a'], ['byte', 'eA==', 'eA='],
  ] as const).map(([format, valid, invalid]): Row => [`format ${format}`, '3.0', 'service', text({ format }), { a: valid }, { a: invalid }]),
  ['format that nobody knows', '3.0', 'nobody', text({ format: 'swift-bic' }), { a: 'ABCDEF2A' }, { a: '1' }],
  // Of numbers.
  ['integer', '3.0', 'gateway', one({ type: 'integer' }), { a: 1 }, { a: 1.5 }],
  ['format int32', '3.0', 'service', one({ type: 'integer', format: 'int32' }), { a: 2147483647 }, { a: 2147483648 }],
  ['format int64', '3.0', 'service', one({ type: 'integer', format: 'int64' }), { a: 1 }, { a: 9223372036854775808 }],
  ['minimum', '3.0', 'gateway', one({ type: 'number', minimum: 0 }), { a: 0 }, { a: -1 }],
  ['maximum', '3.0', 'gateway', one({ type: 'number', maximum: 9 }), { a: 9 }, { a: 10 }],
  ['exclusiveMinimum of 3.0', '3.0', 'gateway', one({ type: 'number', minimum: 0, exclusiveMinimum: true }), { a: 0.1 }, { a: 0 }],
  ['exclusiveMaximum of 3.1', '3.1', 'gateway', one({ type: 'number', exclusiveMaximum: 9 }), { a: 8.9 }, { a: 9 }],
  ['multipleOf', '3.0', 'gateway', one({ type: 'number', multipleOf: 0.5 }), { a: 1.5 }, { a: 0.3 }],
  // Of objects.
  ['required', '3.0', 'gateway', { type: 'object', required: ['a'] }, { a: 1 }, {}],
  ['required name that every object inherits', '3.0', 'gateway', { type: 'object', required: ['constructor'] }, { constructor: 1 }, {}],
  ['additionalProperties: false', '3.0', 'gateway', { ...text({}), additionalProperties: false }, { a: 'x' }, { b: 'x' }],
  ['additionalProperties of a schema', '3.0', 'gateway', { type: 'object', additionalProperties: { type: 'integer' } }, { a: 1 }, { a: 'x' }],
  ['minProperties', '3.0', 'gateway', { type: 'object', minProperties: 1 }, { a: 1 }, {}],
  ['maxProperties', '3.0', 'gateway', { type: 'object', maxProperties: 1 }, { a: 1 }, { a: 1, b: 1 }],
  ['patternProperties', '3.1', 'service', { type: 'object', patternProperties: { '^x-': { type: 'string' } }, additionalProperties: false }, { 'x-a': 'b' }, { 'x-a': 1 }],
  ['additionalProperties beside patternProperties', '3.1', 'service', { type: 'object', patternProperties: { '^x-': {} }, additionalProperties: false }, { 'x-a': 1 }, { a: 1 }],
  ['propertyNames', '3.1', 'service', { type: 'object', propertyNames: { pattern: '^[a-z]+$' } }, { a: 1 }, { A: 1 }],
  ['dependentRequired', '3.1', 'gateway', { type: 'object', dependentRequired: { a: ['b'] } }, { a: 1, b: 1 }, { a: 1 }],
  ['dependentSchemas', '3.1', 'gateway', { type: 'object', dependentSchemas: { a: { required: ['b'] } } }, { a: 1, b: 1 }, { a: 1 }],
  ['unevaluatedProperties', '3.1', 'service', { type: 'object', allOf: [{ properties: { a: { type: 'string' } } }], unevaluatedProperties: false }, { a: 'x' }, { b: 'x' }],
  ['readOnly', '3.0', 'service', text({ readOnly: true }), {}, { a: 'x' }],
  ['writeOnly', '3.0', 'gateway', text({ writeOnly: true }), { a: 'x' }, { a: 1 }],
  // Of lists.
  ['items', '3.0', 'gateway', one({ type: 'array', items: { type: 'integer' } }), { a: [1] }, { a: ['x'] }],
  ['minItems', '3.0', 'service', one({ type: 'array', items: {}, minItems: 1 }), { a: [1] }, { a: [] }],
  ['maxItems', '3.0', 'service', one({ type: 'array', items: {}, maxItems: 1 }), { a: [1] }, { a: [1, 2] }],
  ['uniqueItems', '3.0', 'gateway', one({ type: 'array', items: {}, uniqueItems: true }), { a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 1 }] }],
  ['prefixItems', '3.1', 'service', one({ type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'integer' } }), { a: ['x', 1] }, { a: [1, 1] }],
  ['contains', '3.1', 'service', one({ type: 'array', contains: { const: 1 }, maxContains: 1 }), { a: [1, 2] }, { a: [1, 1] }],
  ['unevaluatedItems', '3.1', 'service', one({ type: 'array', prefixItems: [{ type: 'string' }], unevaluatedItems: false }), { a: ['x'] }, { a: ['x', 1] }],
];

/** Every feature of the schemas of OpenAPI 3.0 and 3.1 that bodies can be told apart by. */
export const SCHEMA_FEATURES: readonly SchemaFeature[] = ROWS.map(([feature, version, enforcedBy, schema, valid, invalid]) => ({ feature, version, enforcedBy, schema, valid, invalid }));
