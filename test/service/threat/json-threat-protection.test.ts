import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DEFAULT_JSON_LIMITS } from '../../../service/threat/json-limits';
import { JsonThreatProtection, JsonThreatRefused } from '../../../service/threat/json-threat-protection';

const SMALL = { bodyBytes: 60, depth: 3, objectMembers: 2, arrayItems: 3, nameBytes: 6, textBytes: 8, numberCharacters: 5 };
const small = new JsonThreatProtection(SMALL);

function threat(body: string | Buffer | null | undefined, protection = small): string {
  try {
    return `parsed ${JSON.stringify(protection.parse(body))}`;
  } catch (error) {
    return error instanceof JsonThreatRefused ? error.threat : `threw ${String(error)}`;
  }
}

test.each([null, undefined, ''])('refuses the missing body %j as no JSON', (body) => {
  expect(threat(body)).toBe('syntax');
  expect(threat('{}')).toBe('parsed {}');
});

test.each([
  ['bodyBytes', ' '.repeat(58) + '{}', ' '.repeat(59) + '{}'],
  ['depth', '[[[1]]]', '[[[[1]]]]'],
  ['depth', '{"a":{"b":{}}}', '{"a":{"b":{"c":{}}}}'],
  ['objectMembers', '{"a":1,"b":2}', '{"a":1,"b":2,"c":3}'],
  ['arrayItems', '[1,2,3]', '[1,2,3,4]'],
  ['arrayItems', '[[1,2,3],[1,2,3],1]', '[[1,2,3],[1,2,3,4],1]'],
  ['nameBytes', '{"abcdef":1}', '{"abcdefg" \n :1}'],
  ['textBytes', '["12345678"]', '["123456789"]'],
  ['textBytes', '["\\"\\"ab"]', '["\\"\\"\\"\\"ab"]'],
  ['numberCharacters', '[-1e10]', '[-1e100]'],
  ['duplicateMember', '{"a":1,"b":1}', '{"a":1,"a":2}'],
  ['duplicateMember', '[{"a":1},{"a":1}]', '{"a":1,"\\u0061":2}'],
  ['syntax', '{"a":1}', '{"a":1'],
  ['syntax', '{"a":1}', '{"a":1}}'],
  ['syntax', '["a"]', '["a'],
  ['syntax', '["a"]', '["a\\'],
  ['syntax', '[1]', '[1,]'],
  ['syntax', '1', ''],
])('refuses what exceeds %s, and nothing less: %s and %s', (name, sound, flawed) => {
  expect(threat(sound)).toBe(`parsed ${JSON.stringify(JSON.parse(sound))}`);
  expect(threat(flawed)).toBe(name);
});

test('refuses names that would change every object once the body is merged', () => {
  const roomy = new JsonThreatProtection();
  const attacks = ['{"__proto__":{"admin":true}}', '{"\\u005f_proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}'];
  // What the attacks are after: a merge that follows names into the prototype.
  const polluted = merge({}, JSON.parse(attacks[0]!) as object);
  expect(polluted).toBeDefined();
  expect(({} as { admin?: boolean }).admin).toBe(true);
  delete (Object.prototype as { admin?: boolean }).admin;
  expect(attacks.map((body) => threat(body, roomy))).toEqual(['prototypeMember', 'prototypeMember', 'prototypeMember']);
  expect(threat('{"constructor":"Ferrari"}', roomy)).toBe('parsed {"constructor":"Ferrari"}');
});

function merge(target: Record<string, unknown>, source: object): object {
  for (const [name, value] of Object.entries(source)) {
    if (typeof value === 'object' && value !== null) merge((target[name] ??= {}) as Record<string, unknown>, value as object);
    else target[name] = value;
  }
  return target;
}

test('refuses bytes that are not UTF-8', () => {
  expect(threat(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toBe('encoding');
});

test('never parses a body that a limit refuses', () => {
  const parse = jest.spyOn(JSON, 'parse');
  expect(threat('['.repeat(6_000_000), new JsonThreatProtection({ bodyBytes: 10_000_000 }))).toBe('depth');
  expect(parse).not.toHaveBeenCalled();
  parse.mockRestore();
});

test('parses documents that nobody here wrote as JSON.parse does', () => {
  const folder = join(dirname(require.resolve('@readme/oas-examples/package.json')), '3.0', 'json');
  const roomy = new JsonThreatProtection({ bodyBytes: 10_000_000, depth: 40, objectMembers: 2000, textBytes: 100_000, nameBytes: 500 });
  const documents = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => readFileSync(join(folder, name)));
  expect(documents.length).toBeGreaterThan(20);
  for (const document of documents) expect(roomy.parse(document)).toEqual(JSON.parse(document.toString()));
});

test('throws nothing but its refusal, whatever the bytes', () => {
  const alphabet = '{}[]",:\\0123456789-+.eE truefalsnl\n\u00e9_proto_"';
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let round = 0; round < 20_000; round += 1) {
    const text = Array.from({ length: random(60) }, () => alphabet[random(alphabet.length)]).join('');
    expect(threat(round % 2 === 0 ? text : Buffer.from(text, 'latin1'))).not.toMatch(/^threw/);
  }
});

test.each([[0], [-1], [1.5], [Number.NaN]])('refuses the limit %s', (depth) => {
  expect(() => new JsonThreatProtection({ depth })).toThrow(new TypeError(`a limit is a whole number from 1, got ${depth} for depth`));
});

test('reads as much as the web ACL inspects where nothing else is said', () => {
  expect(DEFAULT_JSON_LIMITS.bodyBytes).toBe(64 * 1024);
});

test.each([40, 47, 48, 49, 500, 5000])('reads a text of %s bytes to its end, in a body with backslashes and in one without', (size) => {
  const roomy = new JsonThreatProtection({ textBytes: 5000, nameBytes: 5000 });
  const tight = new JsonThreatProtection({ textBytes: size - 1 });
  for (const padding of ['', 'x'.repeat(600), '\\"'.repeat(300)]) {
    const value = { padding, text: 'y'.repeat(size), after: [1, 'z'] };
    const body = JSON.stringify(value);
    expect(roomy.parse(body)).toEqual(value);
    expect(roomy.parse(Buffer.from(body))).toEqual(value);
    expect(threat(JSON.stringify({ text: value.text, padding: ['p'.repeat(30), 'q'] }), tight)).toBe('textBytes');
    expect(threat(`${body.slice(0, -1)},"text":1}`, roomy)).toBe('duplicateMember');
    expect(threat(`["${padding.replaceAll('\\"', '')}","${value.text}`, roomy)).toBe('syntax');
  }
});

test('sees nothing wrong at the beginning of a sound body, wherever it is cut, and every limit that it exceeds already', () => {
  const limits = { depth: 4, objectMembers: 3, arrayItems: 4, textBytes: 12, nameBytes: 6, numberCharacters: 8 };
  const protection = new JsonThreatProtection(limits);
  const glanced = (text: string): string | undefined => {
    try {
      return void protection.glance(Buffer.from(text));
    } catch (error) {
      return (error as JsonThreatRefused).threat;
    }
  };
  const sound = '{"a\\"b" : [1, -2.5e+10, "é\\\\\\"x", {}], "c": {"d": [[]]}, "e":"twelve bytes"}';
  expect(protection.parse(sound)).toBeDefined();
  expect(Array.from(sound, (_, length) => glanced(sound.slice(0, length))).filter(Boolean)).toEqual([]);
  expect(['[[[[[', '{"a":1,"b":2,"c":3,', '[1,2,3,4,', '["thirteen byte"', '{"seven77":', '[123456789'].map(glanced)).toEqual(['depth', 'objectMembers', 'arrayItems', 'textBytes', 'nameBytes', 'numberCharacters']);
});
