import { isJsonObject, JsonRefusal, parseJsonObject } from '../../runtime/json';

const parse = (text: string): unknown => parseJsonObject(Buffer.from(text));

test.each([
  ['a duplicate member', '{"a":1,"a":1}', '{"a":1,"b":1}'],
  ['a duplicate member under an escape', '{"a":1,"\\u0061":1}', '{"a":1,"\\u0062":1}'],
  ['a duplicate member of an inner object', '{"x":[{"a":1,"a":1}]}', '{"x":[{"a":1},{"a":1}]}'],
  ['a duplicate member after an inner object', '{"a":{"a":1},"a":1}', '{"a":{"a":1},"b":1}'],
  ['a prototype member', '{"__proto__":{}}', '{"__prot__":{}}'],
  ['a prototype member under an escape', '{"\\u005f_proto__":{}}', '{"\\u005f_prot__":{}}'],
  ['trailing data', '{} {}', '{} '],
  ['an array', '[{}]', '{"a":[{}]}'],
  ['null', 'null', '{"a":null}'],
  ['a text', '"a"', '{"a":"a"}'],
  ['a number above what a double holds', '{"a":1e400}', '{"a":1e300}'.replace('1e300', '1.5')],
  ['a whole number that is not exact', '{"a":9007199254740993}', '{"a":9007199254740991}'],
  ['a whole number in disguise', '{"a":1e300}', '{"a":1e3}'],
  ['a very long number', `{"a":1.${'0'.repeat(40)}1}`, '{"a":1.01}'],
  ['deep nesting', `${'{"a":'.repeat(9)}1${'}'.repeat(9)}`, `${'{"a":'.repeat(8)}1${'}'.repeat(8)}`],
  ['a string that does not end', '{"a":"b', '{"a":"b"}'],
  ['a lonely sign', '{"a":-}', '{"a":-1}'],
  ['a comment', '{"a":1/* */}', '{"a":1}'],
  ['a byte order mark', '\ufeff{}', '{}'],
  ['the first half of a character', '{"a":"\\ud83d"}', '{"a":"\\ud83d\\ude00"}'],
  ['the second half of a character in a list', '{"a":["\\uDE00"]}', '{"a":["\\uD83D\\uDE00"]}'],
  ['half a character in a member name', '{"a":{"\\udfff":1}}', '{"a":{"\\\\udfff":1}}'],
  ['a bad escape in a member name', '{"\\x61":1}', '{"\\"61":1}'],
])('refuses %s', (_title, flawed, sound) => {
  expect(() => parse(sound)).not.toThrow();
  expect(() => parse(flawed)).toThrow(JsonRefusal);
});

test('refuses bytes that are not UTF-8', () => {
  const bytes = Buffer.from('{"a":"é"}', 'latin1');
  expect(() => parseJsonObject(bytes)).toThrow('not UTF-8');
});

test('refuses a flood of brackets without parsing it', () => {
  expect(() => parse('['.repeat(1_000_000))).toThrow('too deep');
});

test('quotes nothing of what it refuses', () => {
  expect(() => parse('{"secret-value')).toThrow(/^(?!.*secret).*$/);
});

test('reads what JSON.parse reads', () => {
  const text = '{"a":[1,-2.5,1e3,true,false,null,"x\\"y\\\\"],"b":{"a":{}},"é\\n":"{\\"a\\":1,\\"a\\":2}"}';
  expect(parse(text)).toEqual(JSON.parse(text));
});

test('tells objects from the rest', () => {
  expect([{}, [], null, 'a', undefined].map(isJsonObject)).toEqual([true, false, false, false, false]);
});
