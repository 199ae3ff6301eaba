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
  expect(parameters).toEqual([{ name: 'a', location: 'query', required: true, schema: {} }, { name: 'a', location: 'header', required: false, schema: {} }]);
});

test('hands the schema of a parameter on, through $refs', () => {
  expect(imported([], [{ $ref: '#/components/parameters/Limit' }])).toEqual({
    parameters: [{ name: 'limit', location: 'query', required: false, schema: { $ref: '#/components/schemas/Limit' } }],
    notEnforced: [],
  });
});

test('hands on how a parameter is written', () => {
  const schema = { type: 'array', items: { type: 'string' } };
  expect(imported([], [{ name: 'q', in: 'query', required: true, schema, style: 'pipeDelimited', explode: false, allowEmptyValue: true }]).parameters).toEqual([
    { name: 'q', location: 'query', required: true, schema, style: 'pipeDelimited', explode: false, mayBeEmpty: true },
  ]);
});

test('tells of a parameter that is a document', () => {
  expect(imported([], [{ name: 'q', in: 'query', content: { 'application/json': {} } }]).notEnforced).toEqual(["query parameter 'q' is not checked for content application/json"]);
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
    parameters: [{ name: 'id', location: 'path', required: true, schema: { type: 'string', format: 'uuid' } }, { name: 'entry', location: 'path', required: true }],
    notEnforced: ["path parameter 'other' is not part of the path"],
  });
});
