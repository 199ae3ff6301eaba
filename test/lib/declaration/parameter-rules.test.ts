import { ApiService, HttpMethod, Operation, Parameter, ParameterLocation, UnknownParameters } from '../../../lib';
import { parameterRules } from '../../../lib/declaration/parameter-rules';
import { partitions } from '../../../lib/declaration/partition';
import { apiService } from '../../fixtures/declaration';

const { QUERY, PATH, HEADER } = ParameterLocation;

function checked(parameters: Parameter[], more: Partial<ConstructorParameters<typeof ApiService>[1]> = {}) {
  const service = apiService({ operations: [new Operation({ method: HttpMethod.GET, path: '/first/{first}', id: 'first' }), new Operation({ method: HttpMethod.GET, path: '/first/{id}/items', id: 'second', parameters })], ...more });
  return parameterRules(service, partitions(service)[0]!.routes[1]!);
}
const query = (name: string, schema?: unknown, more: Partial<Parameter> = {}): Parameter => ({ name, location: QUERY, schema, ...more });

test('says of an operation without parameters that it has no query', () => {
  expect(checked([])).toEqual({ rules: {}, notEnforced: [] });
});

test('lets other query parameters through for a recorded reason only', () => {
  expect(checked([], { unknownParameters: UnknownParameters.accepted('Campaign links carry parameters of the marketing team.') }).rules).toEqual({ anyQuery: true });
  expect(() => UnknownParameters.accepted('why not')).toThrow('REASON');
});

test('goes by the gateway\'s name of a path parameter', () => {
  expect(checked([{ name: 'id', location: PATH, schema: { type: 'string', format: 'uuid' } }]).rules).toEqual({ path: { first: { value: { format: 'uuid' } } } });
});

test.each<[string, Parameter, object]>([
  ['any text', query('q'), {}],
  ['a bounded integer', query('q', { type: 'integer', minimum: 1, maximum: 9, multipleOf: 2, format: 'int32' }), { value: { type: ['integer'], minimum: 1, maximum: 9, multipleOf: 2, format: 'int32' } }],
  ['exclusive bounds of OpenAPI 3.0', query('q', { type: 'number', minimum: 0, exclusiveMinimum: true }), { value: { type: ['number'], exclusiveMinimum: 0 } }],
  ['exclusive bounds of OpenAPI 3.1', query('q', { type: 'number', exclusiveMaximum: 5 }), { value: { type: ['number'], exclusiveMaximum: 5 } }],
  ['a text', query('q', { type: 'string', minLength: 1, maxLength: 5, pattern: '^a+$', enum: ['a', 'aa'] }), { value: { minLength: 1, maxLength: 5, pattern: '^a+$', enum: ['a', 'aa'] } }],
  ['a constant', query('q', { const: 'x' }), { value: { enum: ['x'] } }],
  ['null beside a type', query('q', { anyOf: [{ type: 'integer' }, { type: 'null' }] }), { value: { type: ['integer'] } }],
  ['a nullable list', query('q', { type: ['array', 'null'], items: { type: 'boolean' }, maxItems: 3 }), { list: '&', maxItems: 3, value: { type: ['boolean'] } }],
  ['a list in one parameter', query('q', { type: 'array', uniqueItems: true, items: { type: 'string' } }, { explode: false }), { list: ',', uniqueItems: true }],
  ['a list apart by pipes', query('q', { type: 'array', minItems: 1 }, { style: 'pipeDelimited' }), { list: '|', minItems: 1 }],
  ['alternatives', query('q', { oneOf: [{ type: 'integer' }, { type: 'string', pattern: '^all$' }] }), { value: { oneOf: [{ type: ['integer'] }, { pattern: '^all$' }] } }],
  ['all of several', query('q', { type: 'integer', allOf: [{ minimum: 1 }, { maximum: 2 }] }), { value: { type: ['integer'], allOf: [{ type: ['integer'], minimum: 1 }, { type: ['integer'], maximum: 2 }] } }],
  ['a type that one of several names', query('q', { allOf: [{ type: 'integer' }, { format: 'int32' }] }), { value: { type: ['integer'], allOf: [{ type: ['integer'] }, { type: ['integer'], format: 'int32' }] } }],
  ['a schema by name', query('q', { $ref: '#/components/schemas/Currency' }), { value: { pattern: '^[A-Z]{3}$' } }],
  ['an empty value', query('q', { type: 'integer' }, { required: true, mayBeEmpty: true }), { required: true, mayBeEmpty: true, value: { type: ['integer'] } }],
])('says %s', (_, parameter, expected) => {
  expect(checked([parameter], { schemas: { Currency: { type: 'string', pattern: '^[A-Z]{3}$' } } })).toEqual({ rules: { query: { q: expected } }, notEnforced: [] });
});

test('reads lists of headers and paths by their commas', () => {
  const list = { type: 'array', items: { type: 'integer' } };
  expect(checked([{ name: 'X-Ids', location: HEADER, schema: list }, { name: 'id', location: PATH, schema: list }]).rules).toEqual({
    path: { first: { list: ',', value: { type: ['integer'] } } }, header: { 'X-Ids': { list: ',', value: { type: ['integer'] } } },
  });
});

const FILTER = { type: 'object', required: ['status'], properties: { status: { enum: ['open', 'paid'] }, page: { type: 'integer' } } };

test('checks the properties of objects that come as parameters of their own', () => {
  expect(checked([query('filter', FILTER, { style: 'deepObject', required: true })])).toEqual({
    rules: { query: { 'filter[status]': { required: true, value: { enum: ['open', 'paid'] } }, 'filter[page]': { value: { type: ['integer'] } } } }, notEnforced: [],
  });
  expect(Object.keys(checked([query('filter', FILTER)]).rules.query ?? {})).toEqual(['status', 'page']);
});

test('leaves names open where an object does, and says so', () => {
  expect(checked([query('filter', { type: 'object', additionalProperties: true }, { style: 'deepObject' })])).toEqual({
    rules: { openQuery: ['filter['] }, notEnforced: ["query parameter 'filter' is not checked for additionalProperties"],
  });
  expect(checked([query('filter', { type: 'object' })]).rules).toEqual({ anyQuery: true });
});

// Whatever is left out makes the rule accept more, never less.
test.each<[Parameter, object, string]>([
  [query('q', { type: 'string', pattern: '^(a+)+$' }), {}, 'pattern ^(a+)+$ (which a caller could make run too long)'],
  [query('q', { type: 'string', pattern: '(' }), {}, 'pattern ( (which is no regular expression of ECMAScript)'],
  [query('q', { type: 'string', format: 'iban' }), {}, 'format iban'],
  [query('q', { type: 'object', properties: {} }, { explode: false }), { list: '&' }, 'type object'],
  [query('q', { type: ['array', 'string'] }), { list: '&' }, 'type array or string'],
  [query('q', { type: 'array', items: { type: 'array' } }), { list: '&' }, 'type array'],
  [{ name: 'q', location: QUERY, style: 'matrix' }, { list: '&' }, 'style matrix'],
  [query('q', { type: 'string', not: { format: 'iban' } }), {}, 'format iban, not'],
  [query('q', { oneOf: [{ format: 'iban' }, { type: 'integer' }] }), { value: { anyOf: [{}, { type: ['integer'] }] } }, 'format iban'],
  [query('q', { $ref: '#/components/schemas/Circle' }), {}, '$ref #/components/schemas/Circle'],
  [query('q', { $ref: '#/components/schemas/Nowhere' }), {}, '$ref #/components/schemas/Nowhere'],
])('tells what it cannot say: %j', (parameter, rule, missing) => {
  expect(checked([parameter], { schemas: { Circle: { allOf: [{ $ref: '#/components/schemas/Circle' }] } } })).toEqual({ rules: { query: { q: rule } }, notEnforced: [`query parameter 'q' is not checked for ${missing}`] });
});
