import { YamlError, parseYaml, schemaErrors } from '../../../../lib/declaration/openapi/reader';

const DOCUMENT = { info: { title: 'Accounts', version: '1' }, paths: {} };

test('reads YAML 1.2, with dates as text', () => {
  expect(parseYaml('a: 2024-01-01\nb: yes\nc: 0o17\n200: ~\n', 9)).toEqual({ a: '2024-01-01', b: 'yes', c: 15, 200: null });
});

test('merges keys, as many documents expect', () => {
  expect(parseYaml('a: &a { x: 1 }\nb: { <<: *a, y: 2 }\n', 9)).toEqual({ a: { x: 1 }, b: { x: 1, y: 2 } });
});

test('says where a text is not YAML', () => {
  expect(() => parseYaml('a: 1\nb: *c\n', 9)).toThrow(new YamlError('line 2, column 5: unidentified alias "c"'));
});

test('accepts a valid document of either version', () => {
  expect(schemaErrors('3.0', { openapi: '3.0.3', ...DOCUMENT })).toEqual([]);
  expect(schemaErrors('3.1', { openapi: '3.1.0', ...DOCUMENT })).toEqual([]);
});

test('checks the Schema Objects of OpenAPI 3.1 as JSON Schema', () => {
  const schemas = { A: { properties: { b: { minLength: 'three' } } } };
  expect(schemaErrors('3.1', { openapi: '3.1.0', ...DOCUMENT, components: { schemas } })[0]).toMatchObject({ instancePath: '/components/schemas/A/properties/b/minLength' });
});
