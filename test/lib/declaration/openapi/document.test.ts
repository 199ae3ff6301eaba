import { readDocument } from '../../../../lib/declaration/openapi/document';
import { jsonDocument, written } from '../../../fixtures/openapi/written';

test.each(['3.0.0', '3.0.3', '3.1.0', '3.1.1'])('reads OpenAPI %s', (version) => {
  expect(readDocument(written('a.json', jsonDocument({}, version)))).toMatchObject({ file: 'a.json', version: version.slice(0, 3) });
});

test('reads JSON behind a byte order mark', () => {
  expect(readDocument(written('a.JSON', `\uFEFF${jsonDocument({})}`)).root.paths).toEqual({});
});

test('reads JSON as YAML, which contains it', () => {
  expect(readDocument(written('a.yml', jsonDocument({}))).version).toBe('3.0');
});

test('complains about the deepest mistake, not about the $ref that could have been there', () => {
  const file = written('a.json', jsonDocument({ paths: { '/a': { get: { parameters: [{ name: 'limit', in: 'queri', schema: {} }], responses: { default: { description: '' } } } } } }));
  expect(() => readDocument(file)).toThrow("got a.json#/paths/~1a/get/parameters/0/in: must be one of");
});
