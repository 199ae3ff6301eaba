import { jsonError } from '../../../../lib/declaration/openapi/json-syntax';

test.each([
  ['{"a": 1,}', "line 1, column 9: unexpected '}'"],
  ['{"a" 1}', "line 1, column 6: unexpected '1'"],
  ['{\n  a: 1\n}', "line 2, column 3: unexpected 'a'"],
  ['[1 2]', "line 1, column 4: unexpected '2'"],
  ['[1, 2', 'line 1, column 6: unexpected end'],
  ['', 'line 1, column 1: unexpected end'],
  ['{} {}', "line 1, column 4: unexpected '{'"],
  ['{"a": "b\nc"}', "line 1, column 7: unexpected '\"'"],
  ['[01]', "line 1, column 3: unexpected '1'"],
  ['[}', "line 1, column 2: unexpected '}'"],
  ['{"😀": 😀}', "line 1, column 8: unexpected '😀'"],
])('says where %p stops being JSON', (text, expected) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(jsonError(text)).toBe(expected);
});

test('finds nothing wrong with JSON', () => {
  expect(jsonError('{"a": [1, -2.5e3, true, false, null, "\\u00e9\\n", {}, []], "b": ""}\n')).toMatch(/not JSON$/);
});
