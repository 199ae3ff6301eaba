import { readDocument } from '../../../../lib/declaration/openapi/document';
import { Parameters } from '../../../../lib/declaration/openapi/parameters';
import { References } from '../../../../lib/declaration/openapi/references';
import { jsonDocument, written } from '../../../fixtures/openapi/written';

const Limit = { name: 'limit', in: 'query', schema: { $ref: '#/components/schemas/Limit' } };

interface Declared {
  readonly in?: string;
  readonly [member: string]: unknown;
}

function imported(ofPathItem: Declared[], ofOperation: Declared[], path = '/accounts') {
  const components = { parameters: { Limit }, schemas: { Limit: { type: 'integer', minimum: 1, maximum: 100 } } };
  const paths = { '/x': { parameters: [...ofPathItem, ...ofOperation].filter((parameter) => parameter.in !== 'path') } };
  const document = readDocument(written('a.json', jsonDocument({ paths, components })));
  return new Parameters(document, new References(document)).import(path, ofPathItem, ofOperation);
}

test('merges parameters of the path item and of the operation, which wins', () => {
  const { parameters } = imported(
    [{ name: 'a', in: 'query', schema: {} }, { name: 'a', in: 'header', schema: {} }],
    [{ name: 'a', in: 'query', required: true, schema: {} }],
  );
  expect(parameters).toEqual([{ name: 'a', location: 'query', required: true }, { name: 'a', location: 'header', required: false }]);
});

test('names what is not checked of a parameter, through $refs', () => {
  expect(imported([], [{ $ref: '#/components/parameters/Limit' }])).toEqual({
    parameters: [{ name: 'limit', location: 'query', required: false }],
    notEnforced: ["query parameter 'limit' is not checked for type integer, minimum 1, maximum 100"],
  });
});

test.each([
  [{ schema: { type: 'string' } }, []],
  [{ schema: { type: 'string', pattern: '^a+$', enum: ['a', 'aa'] } }, ["query parameter 'q' is checked to be there; not checked: enum of 2, pattern ^a+$"]],
  [{ schema: { type: 'array', items: { type: 'string' } }, style: 'pipeDelimited', explode: false }, ["query parameter 'q' is checked to be there; not checked: type array, items, style pipeDelimited"]],
  [{ schema: { type: 'string' }, explode: false, allowReserved: true }, ["query parameter 'q' is checked to be there; not checked: explode false, allowReserved"]],
  [{ content: { 'application/json': {} } }, ["query parameter 'q' is checked to be there; not checked: content application/json"]],
])('tells of %j', (parts, expected) => {
  expect(imported([], [{ name: 'q', in: 'query', required: true, ...parts }]).notEnforced).toEqual(expected);
});

test.each([
  [{ allowEmptyValue: true, schema: { type: 'string' } }, 'may be empty, so it is not checked to be there'],
  [{ style: 'deepObject', schema: { type: 'object' } }, 'is sent as several query parameters, so it is not checked to be there; not checked: type object, style deepObject'],
  [{ schema: { properties: { a: {} } } }, 'is sent as several query parameters, so it is not checked to be there; not checked: properties'],
])('does not ask for a query parameter that the gateway would not see: %j', (parts, expected) => {
  expect(imported([], [{ name: 'q', in: 'query', required: true, ...parts }])).toEqual({
    parameters: [{ name: 'q', location: 'query', required: false }],
    notEnforced: [`query parameter 'q' ${expected}`],
  });
});

test('reports cookies, and headers that other parts of a document describe', () => {
  expect(imported([], [{ name: 'session', in: 'cookie', schema: {} }, { name: 'Authorization', in: 'header', schema: {} }])).toEqual({
    parameters: [],
    notEnforced: ["cookie parameter 'session' is not checked", "header parameter 'Authorization' is ignored, as the OpenAPI Specification says"],
  });
});

test('has every parameter of the path, and no other', () => {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
  expect(imported([id, { ...id, name: 'other' }], [], '/accounts/{id}/entries/{entry}')).toEqual({
    parameters: [{ name: 'id', location: 'path', required: true }, { name: 'entry', location: 'path', required: true }],
    notEnforced: ["path parameter 'id' is not checked for format uuid", "path parameter 'other' is not part of the path"],
  });
});
