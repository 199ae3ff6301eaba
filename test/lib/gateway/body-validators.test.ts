import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bodyPatternFault } from '../../../lib/declaration/body-pattern';
import { bodyValidators } from '../../../lib/gateway/body-validators';
import { BY_VALIDATOR } from '../../../lib/contract/body-validators';
import { NOT_ENFORCED } from '../../../lib/contract/not-enforced';
import { ReadOnlyProperties } from '../../../lib';
import { bodyOf } from '../../fixtures/rest-api-body';
import { loadedValidators, validatorsOf } from '../../fixtures/body-validators';
import { apiService, get, post } from '../../fixtures/declaration';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const faultOf = (schema: unknown, body: unknown, schemas = {}) => validatorsOf(schema, schemas).bodyFault('send', 'application/json', body);
/** A body of so many levels. */
const nested = (levels: number, level: (inner: object) => object, innermost: object): object => Array.from({ length: levels }).reduce<object>(level, innermost);

test('makes nothing where no JSON body has a schema', () => {
  expect(bodyValidators(apiService({ operations: [get('/a'), post('/b', { content: [{ mediaType: 'application/xml', schema: {} }] }), post('/c', { content: [{ mediaType: 'application/json' }] })] }), {})).toBeUndefined();
});

test('makes the same module of the same declaration', () => {
  expect(bodyValidators(apiService(), {})).toBe(bodyValidators(apiService(), {}));
});

test('makes a module that runs where nothing is installed and text is never evaluated', () => {
  const folder = mkdtempSync(join(tmpdir(), 'module-'));
  try {
    writeFileSync(join(folder, 'body-validators.js'), bodyValidators(apiService({ operations: [post('/a', { id: 'send', content: [{ mediaType: 'application/json', schema: { type: 'string', minLength: 2, pattern: '^a', enum: ['ab'] } }] })] }), {})!);
    const script = "const { bodyFault } = require('./body-validators.js'); console.log(bodyFault('send', 'application/json', 'ab'), bodyFault('send', 'application/json', 'a')); try { eval('1') } catch { console.log('no eval') }";
    const printed = execFileSync(process.execPath, ['--disallow-code-generation-from-strings', '-e', script], { cwd: folder, encoding: 'utf8', env: { PATH: '' } });
    expect(printed).toBe('undefined #/enum\nno eval\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('carries the licences of the code in it', () => {
  const text = bodyValidators(apiService(), {})!;
  for (const holder of ['Evgeny Poberezkin', 'Permission is hereby granted']) expect(text).toContain(holder);
});

test('takes names of a document for names only', () => {
  const hostile = "x'];process.exit(1)//${process.exit(1)}\u2028*/";
  const schema = { type: 'object', properties: { [hostile]: { type: 'string', enum: [hostile], pattern: '[/]*/`' } }, required: [hostile] };
  expect([faultOf(schema, {}), faultOf(schema, { [hostile]: 1 })]).toEqual(['#/required', expect.stringMatching(/type$/)]);
});

test('follows references that chain further than a call stack has room for', () => {
  const schemas = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`S${index}`, { type: 'object', properties: { on: { type: 'string', format: 'date' }, next: { oneOf: [reference(`S${(index + 1) % 400}`), { type: 'string' }] } } }]));
  const { bodyFault } = validatorsOf(reference('S0'), schemas);
  expect([{ next: { on: '2027-01-31' } }, { next: { on: '2027-02-31' } }].map((body) => bodyFault('send', 'application/json', body))).toEqual([undefined, '#/components/schemas/S1/properties/on/format']);
});

describe('bodies that cost more than they are worth', () => {
  // Each level tries its first alternatives in full before the next: without a bound the work doubles or triples with each.
  const Node = { anyOf: [{ type: 'object', required: ['next', 'a'], properties: { next: reference('Node') } }, { type: 'object', required: ['next', 'b'], properties: { next: reference('Node') } }, { type: 'object', required: ['next'], properties: { next: reference('Node') } }] };

  test('are refused where alternatives refer back to themselves', () => {
    const { bodyFault } = validatorsOf(reference('Node'), { Node });
    const hostile = nested(15, (next) => ({ next, a: 1, b: 1 }), { next: 1, a: 1, b: 1 });
    const started = process.cpuUsage();
    expect(bodyFault('send', 'application/json', hostile)).toBe('too involved');
    // Without the count it takes minutes, and all memory that there is.
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(3);
    expect(bodyFault('send', 'application/json', nested(4, (next) => ({ next }), { next: 1 }))).toMatch(/required$/);
  });

  test('are refused where alternatives repeat how items are compared', () => {
    const tags = { type: 'array', uniqueItems: true, items: { type: 'object' } };
    const alternative = (kind: string) => ({ type: 'object', required: ['kind'], properties: { inner: reference('Expr'), tags, kind: { const: kind } } });
    const { bodyFault } = validatorsOf(reference('Expr'), { Expr: { oneOf: [alternative('and'), alternative('or')] } });
    const part = { tags: Array.from({ length: 700 }, (_, index) => ({ index, a: 1, b: 1, c: 1 })) };
    const started = process.cpuUsage();
    expect(bodyFault('send', 'application/json', nested(14, (inner) => ({ inner, kind: 'or' }), { ...part, kind: 'neither' }))).toBe('too involved');
    // Where each item is compared with each other, it takes minutes.
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(3);
    expect(bodyFault('send', 'application/json', { ...part, kind: 'or' })).toBeUndefined();
  });

  test('are refused where they take half a second, whatever of', () => {
    const { bodyFault } = validatorsOf(reference('A'), { A: { type: 'object' } });
    expect(bodyFault('send', 'application/json', {})).toBeUndefined();
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 501));
    expect(bodyFault('send', 'application/json', {})).toBe('too involved');
    clock.mockRestore();
  });

  test('are refused where items are alike, however their members are ordered, and only there', () => {
    const { bodyFault } = validatorsOf({ type: 'array', uniqueItems: true });
    const alike: unknown[][] = [[1, 1.0], [{ a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 }], [0, -0], [[], []], ['a', '\u0061']];
    const different: unknown[][] = [[1, '1'], [{ a: 1 }, { a: '1' }], [[1, 2], [2, 1]], [{ a: [1] }, { a: { 0: 1 } }], [null, 'null'], [['a,b'], ['a', 'b']], [{ 'a":1,"b': 1 }, { a: 1, b: 1 }], [false, 0, '', null, {}, []]];
    expect(alike.map((items) => bodyFault('send', 'application/json', items))).toEqual(alike.map(() => '#/uniqueItems'));
    expect(different.map((items) => bodyFault('send', 'application/json', items))).toEqual(different.map(() => undefined));
    const many = Array.from({ length: 5000 }, (_, index) => ({ index, name: `n${index}` }));
    expect([bodyFault('send', 'application/json', many), bodyFault('send', 'application/json', [...many, { name: 'n7', index: 7 }])]).toEqual([undefined, '#/uniqueItems']);
  });

  test('are checked in one step a level where a discriminator names the alternative', () => {
    const named = (kind: string) => ({ type: 'object', required: ['kind'], properties: { next: reference('Node'), kind: { type: 'string' }, [kind]: { type: 'integer' } } });
    const schemas = { Node: { oneOf: [reference('a'), reference('b')], discriminator: { propertyName: 'kind' } }, a: named('a'), b: named('b') };
    const { bodyFault } = validatorsOf(reference('Node'), schemas);
    const deep = (last: object) => nested(16, (next) => ({ kind: 'a', next }), last);
    expect([bodyFault('send', 'application/json', deep({ kind: 'b', b: 1 })), bodyFault('send', 'application/json', deep({ kind: 'b', b: 'x' }))]).toEqual([undefined, expect.stringMatching(/type$/)]);
  });

  test.each([['^(a+)+$', {}, false], ['^[a-z]+$', {}, true], ['(a|a)*b', {}, false], ['[a-z]+@[a-z]+', {}, false], ['^(?=a)a', {}, false], ['(', {}, false], ['[a-z]+@[a-z]+', { maxLength: 100 }, true], ['^[a-z]+$', { textBytes: 1_000_000, bodyBytes: 1_000_000 }, true]])('hold no text against %s with %j unless it is cheap: %s', (pattern, given, cheap) => {
    const { maxLength, ...limits } = given as { readonly maxLength?: number };
    expect(bodyPatternFault(pattern, limits, maxLength) === undefined).toBe(cheap);
  });

  test('pass a pattern that would run too long, which the evidence tells', () => {
    expect(faultOf({ type: 'string', pattern: '^(a+)+$' }, 'b')).toBeUndefined();
    expect(faultOf({ type: 'string', pattern: '[a-z]+@[a-z]+' }, 'b')).toBeUndefined();
    expect(faultOf({ type: 'string', pattern: '[a-z]+@[a-z]+', maxLength: 100 }, 'b')).toBe('#/pattern');
  });
});

describe('read-only properties', () => {
  const Stored = { type: 'object', required: ['id', 'name'], properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } } };

  test.each([['in the schema itself', Stored], ['behind a reference', reference('Stored')], ['of what it is composed of', { allOf: [reference('Stored'), { required: ['id'] }] }], ['marked by a reference', { ...Stored, properties: { ...Stored.properties, id: reference('Id') } }]])('%s are neither sent nor required', (_, schema) => {
    const schemas = { Stored, Id: { type: 'string', readOnly: true } };
    expect([faultOf(schema, { name: 'x' }, schemas), faultOf(schema, { name: 'x', id: '1' }, schemas), faultOf(schema, {}, schemas)]).toEqual([undefined, expect.stringMatching(/id\/false schema$/), expect.stringMatching(/required$/)]);
  });
});

test('are accepted for a recorded reason, which no note hides', () => {
  const schema = { type: 'object', properties: { id: { type: 'string', readOnly: true } } };
  const service = (more: object = {}) => apiService({ operations: [post('/a', { id: 'send', content: [{ mediaType: 'application/json', schema }] })], ...more });
  const accepting = service({ readOnlyProperties: ReadOnlyProperties.accepted('the head of Payments: mobile clients send back what they read') });
  const answers = [service(), accepting].map((one) => [loadedValidators(bodyValidators(one, {})!).bodyFault('send', 'application/json', { id: '1' }), bodyOf(one).paths['/a']!.post![NOT_ENFORCED]]);
  const note = 'application/json#: read-only properties may be sent: id';
  expect(answers).toEqual([['#/properties/id/false schema', [`${note}${BY_VALIDATOR}`]], [undefined, [note]]]);
});

test('reads schemas that are written by hand, in older words', () => {
  const list = { type: 'array', items: [{ type: 'string' }], additionalItems: { type: 'integer' } };
  expect([faultOf(list, ['x', 1]), faultOf(list, ['x', 'y']), faultOf(list, [1])]).toEqual([undefined, expect.any(String), expect.any(String)]);
  expect([faultOf({ enum: [] }, 1), faultOf(false, 1), faultOf(true, 1), faultOf({ dependencies: { a: ['b'] } }, { a: 1 })]).toEqual([expect.any(String), expect.any(String), undefined, expect.any(String)]);
});

test('tells money from its fractions', () => {
  expect([0.07, 19.99, 123_456_789.01, -0.1].map((value) => faultOf({ multipleOf: 0.01 }, value))).toEqual([undefined, undefined, undefined, undefined]);
  expect([0.001, 19.995].map((value) => faultOf({ multipleOf: 0.01 }, value))).toEqual(['#/multipleOf', '#/multipleOf']);
});

describe('discriminators', () => {
  const kinds = { Cat: { type: 'object', required: ['lives'] }, Dog: { type: 'object', required: ['bark'] } };
  const pet = (discriminator: object, more = {}) => ({ oneOf: [reference('Cat'), reference('Dog')], discriminator, ...more });

  test.each([
    ['by name', { propertyName: 'kind' }, { kind: 'Cat', lives: 9 }, { kind: 'cat', lives: 9 }],
    ['by mapping', { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat', dog: 'Dog' } }, { kind: 'dog', bark: 1 }, { kind: 'Dog', bark: 1 }],
    ['by mapping of one', { propertyName: 'kind', mapping: { cat: 'Cat' } }, { kind: 'Dog', bark: 1 }, { kind: 'Cat', lives: 9 }],
  ])('choose %s', (_, discriminator, right, wrong) => {
    expect([faultOf(pet(discriminator), right, kinds), faultOf(pet(discriminator), wrong, kinds), faultOf(pet(discriminator), 'x', kinds)]).toEqual([undefined, expect.any(String), expect.any(String)]);
  });

  test.each([['maps to what is not among the alternatives', pet({ propertyName: 'kind', mapping: { cow: 'Cow' } })], ['stands beside alternatives without a name', { oneOf: [reference('Cat'), { type: 'object', required: ['bark'] }], discriminator: { propertyName: 'kind' } }]])('leave the choice to the alternatives where one %s', (_, schema) => {
    expect([faultOf(schema, { lives: 9 }, { ...kinds, Cow: {} }), faultOf(schema, {}, { ...kinds, Cow: {} })]).toEqual([undefined, expect.stringMatching(/required$/)]);
  });
});

test.each(['a\nprocess.exit(1)//', 'a\u2028b', '*/', ''])('takes %j for the name of no service', (name) => {
  expect(() => bodyValidators({ name, operations: [{ id: 'send', content: [{ mediaType: 'application/json', schema: { type: 'object' } }] }], schemas: {}, readOnlyProperties: ReadOnlyProperties.REFUSED } as unknown as Parameters<typeof bodyValidators>[0], {})).toThrow('NAME');
});
