import { readDocument } from '../../../../lib/declaration/openapi/document';
import { References } from '../../../../lib/declaration/openapi/references';
import { jsonDocument, written } from '../../../fixtures/openapi/written';

interface Root {
  readonly components: { readonly schemas: { readonly [name: string]: unknown }; readonly parameters: { readonly [name: string]: { [member: string]: unknown } } };
}

function read(parts: object, version?: string) {
  const document = readDocument(written('a.json', jsonDocument(parts, version)));
  return { root: document.root as unknown as Root, references: new References(document) };
}

test('follows a $ref to its end', () => {
  const { root, references } = read({ components: { parameters: { A: { $ref: '#/components/parameters/B' }, B: { name: 'b', in: 'query', schema: {} } } } });
  expect(references.resolve(root.components.parameters.A!)).toBe(root.components.parameters.B);
});

test('leaves recursive schemas as they are', () => {
  const schemas = { Tree: { properties: { child: { $ref: '#/components/schemas/Tree' } } } };
  expect(read({ components: { schemas } }).root.components.schemas).toEqual(schemas);
});

test('drops what stands beside a $ref in OpenAPI 3.0 and keeps it in 3.1', () => {
  const schemas = { A: { type: 'string' }, B: { properties: { a: { $ref: '#/components/schemas/A', minLength: 1 } } } };
  expect(read({ components: { schemas } }).root.components.schemas.B).toEqual({ properties: { a: { $ref: '#/components/schemas/A' } } });
  expect(read({ components: { schemas } }, '3.1.0').root.components.schemas.B).toEqual({ properties: { a: { $ref: '#/components/schemas/A', minLength: 1 } } });
});

test('gives a schema inside something else a name of its own', () => {
  const schemas = { A: { properties: { b: { type: 'object', properties: { self: { $ref: '#/components/schemas/A/properties/b' } } } } }, C: { $ref: '#/components/schemas/A/properties/b' } };
  const { root } = read({ components: { schemas } });
  expect(root.components.schemas.C).toEqual({ $ref: '#/components/schemas/components_schemas_A_properties_b' });
  const lifted = { type: 'object', properties: { self: { $ref: '#/components/schemas/components_schemas_A_properties_b' } } };
  expect(root.components.schemas).toMatchObject({ A: { properties: { b: lifted } }, components_schemas_A_properties_b: lifted });
});

test('checks the schemas that only such a $ref leads to', () => {
  expect(() => read({ 'x-shared': { a: { $ref: 'other.json' } }, components: { schemas: { A: { $ref: '#/x-shared/a' } } } })).toThrow('OPENAPI_REF');
});

test('finds names that need escaping', () => {
  const { root } = read({ components: { schemas: { 'a.b': { type: 'string' }, C: { $ref: '#/components/schemas/a%2Eb' } } } });
  expect(root.components.schemas.C).toEqual({ $ref: '#/components/schemas/a.b' });
});

test('takes no $ref for one in examples, extensions and property names', () => {
  const schemas = { A: { properties: { $ref: { type: 'string' }, example: { type: 'string' } }, example: { $ref: 'nowhere.json' }, 'x-more': { $ref: 'nowhere.json' }, default: { $ref: 'nowhere.json' } } };
  expect(() => read({ components: { schemas } })).not.toThrow();
});

test('looks below properties that are named like literals', () => {
  expect(() => read({ components: { schemas: { A: { properties: { example: { $ref: 'nowhere.json' } } } } } })).toThrow('a.json#/components/schemas/A/properties/example/$ref');
});

test.each(['#', '#/components', '#/components/schemas'])('refuses %s as a schema', (reference) => {
  expect(() => read({ components: { schemas: { A: { items: { $ref: reference } } } } })).toThrow(`a.json#/components/schemas/A/items/$ref: '${reference}', which is no schema; write the $ref of a schema`);
});
