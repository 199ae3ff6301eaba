/** One feature of the schemas of parameters, and a text that has it right beside one that has it wrong. */
export interface ParameterFeature {
  readonly feature: string;
  readonly enforcedBy: 'authorizer' | 'nobody';
  readonly parameter: object;
  readonly valid: string;
  readonly invalid: string;
}

type Row = readonly [feature: string, enforcedBy: ParameterFeature['enforcedBy'], schema: object, valid: string, invalid: string, parameter?: object];

const ROWS: readonly Row[] = [
  ['type', 'authorizer', { type: 'integer' }, '1', '1.5'],
  ['enum', 'authorizer', { type: 'string', enum: ['x', 'y'] }, 'x', 'z'],
  ['const', 'authorizer', { const: 'x' }, 'x', 'y'],
  ['allOf', 'authorizer', { allOf: [{ type: 'string' }, { maxLength: 2 }] }, 'xy', 'xyz'],
  ['anyOf', 'authorizer', { anyOf: [{ type: 'integer' }, { type: 'string', enum: ['all'] }] }, 'all', 'none'],
  ['oneOf', 'authorizer', { oneOf: [{ type: 'integer' }, { type: 'number', maximum: 5 }] }, '7', '3'],
  ['not', 'authorizer', { type: 'string', not: { enum: ['x'] } }, 'y', 'x'],
  ['$ref', 'authorizer', { $ref: '#/components/schemas/Currency' }, 'AUD', 'aud'],
  ['if, then, else', 'nobody', { type: 'string', if: { minLength: 2 }, then: { pattern: '^x' } }, 'xy', 'yy'],
  ['minLength', 'authorizer', { type: 'string', minLength: 2 }, 'xy', 'x'],
  ['maxLength', 'authorizer', { type: 'string', maxLength: 2 }, 'xy', 'xyz'],
  ['pattern', 'authorizer', { type: 'string', pattern: '^\\p{Lu}+$' }, 'É', 'é'],
  ['pattern that could run too long', 'nobody', { type: 'string', pattern: '^([a-z]+)+$' }, 'x', '1'],
  ['format', 'authorizer', { type: 'string', format: 'date' }, '2024-02-29', '2023-02-29'],
  ['format of numbers', 'authorizer', { type: 'integer', format: 'int32' }, '2147483647', '2147483648'],
  ['format that nobody knows', 'nobody', { type: 'string', format: 'swift-bic' }, 'ABCDEF2A', '1'],
  ['minimum, maximum', 'authorizer', { type: 'integer', minimum: 1, maximum: 5 }, '5', '6'],
  ['exclusiveMinimum', 'authorizer', { type: 'number', exclusiveMinimum: 0 }, '0.1', '0'],
  ['multipleOf', 'authorizer', { type: 'number', multipleOf: 0.01 }, '19.99', '0.001'],
  ['items', 'authorizer', { type: 'array', items: { type: 'integer' } }, '1,2', '1,x', { explode: false }],
  ['minItems, maxItems', 'authorizer', { type: 'array', maxItems: 1, items: { type: 'string' } }, 'x', 'x,y', { explode: false }],
  ['uniqueItems', 'authorizer', { type: 'array', uniqueItems: true, items: { type: 'string' } }, 'x,y', 'x,x', { explode: false }],
  ['prefixItems', 'nobody', { type: 'array', prefixItems: [{ type: 'integer' }], items: { type: 'string' } }, '1,x', 'x,x', { explode: false }],
];

/** Features of schemas that parameters can be told apart by. */
export const PARAMETER_FEATURES: readonly ParameterFeature[] = ROWS.map(([feature, enforcedBy, schema, valid, invalid, more]) => (
  { feature, enforcedBy, parameter: { name: 'q', in: 'query', schema, ...more }, valid, invalid }
));
