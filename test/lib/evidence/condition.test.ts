import { holds, words, type Condition } from '../../../lib/evidence/condition';
import { valueAt } from '../../../lib/evidence/value';

const RESOURCE = { On: true, Expression: '^/a', Half: '(a', Days: 365, Types: ['PRIVATE'], Policy: { 'Fn::Sub': '${Endpoint}' }, Rules: [{ Name: 'a', On: true }, { Name: 'b', On: false }], Tags: { 'x.y': 'z' }, Empty: {} };

test.each<[string, Condition, boolean]>([
  ['an equal value', { path: 'On', equals: true }, true],
  ['another value', { path: 'On', equals: false }, false],
  ['an absent value', { path: 'Off', equals: true }, false],
  ['a value inherited from a prototype', { path: 'constructor', exists: true }, false],
  ['one of several', { path: 'Rules.0.Name', oneOf: ['a', 'b'] }, true],
  ['something that is there', { path: 'Types', exists: true }, true],
  ['something that is there and empty', { path: 'Empty', exists: true }, false],
  ['something that is not there', { path: 'Off', exists: false }, true],
  ['a listed value', { path: 'Types', contains: 'PRIVATE' }, true],
  ['text inside an intrinsic function', { path: 'Policy', matches: 'endpoint' }, true],
  ['text of an absent value', { path: 'Off', matches: '' }, false],
  ['an expression that tells texts apart', { path: 'Expression', expressionOf: { all: ['/a', '/aa'], none: ['/b'] } }, true],
  ['an expression that misses one', { path: 'Expression', expressionOf: { all: ['/a', '/c'], none: ['/b'] } }, false],
  ['an expression that matches one too many', { path: 'Expression', expressionOf: { all: ['/a'], none: ['/b', '/ab'] } }, false],
  ['half an expression', { path: 'Half', expressionOf: { all: [], none: [] } }, false],
  ['an expression that is made at deployment', { path: 'Policy', expressionOf: { all: [], none: [] } }, false],
  ['a number that suffices', { path: 'Days', atLeast: 365 }, true],
  ['a number beyond the limit', { path: 'Days', atMost: 300 }, false],
  ['every item', { path: 'Rules', everyItem: [{ path: 'Name', exists: true }] }, true],
  ['every item but one', { path: 'Rules', everyItem: [{ path: 'On', equals: true }] }, false],
  ['every item of nothing', { path: 'Off', everyItem: [{ path: 'On', equals: true }] }, false],
  ['two properties of one item', { path: 'Rules', someItem: [{ path: 'Name', equals: 'b' }, { path: 'On', equals: false }] }, true],
  ['two properties of two items', { path: 'Rules', someItem: [{ path: 'Name', equals: 'a' }, { path: 'On', equals: false }] }, false],
  ['nothing but', { path: 'Rules.0', only: ['Name', 'On', 'Off'] }, true],
  ['something besides', { path: 'Rules.0', only: ['Name'] }, false],
  ['nothing but, of nothing', { path: 'Empty', only: ['Name'] }, false],
  ['one alternative', { path: 'On', anyOf: [[{ path: '', equals: 1 }], [{ path: '', equals: true }]] }, true],
  ['half an alternative', { path: 'Rules.0', anyOf: [[{ path: 'Name', equals: 'a' }, { path: 'On', equals: false }]] }, false],
  ['a reference without a template', { path: 'Policy', refersTo: [] }, false],
  ['a name with a dot', { path: ['Tags', 'x.y'], equals: 'z' }, true],
])('decides on %s', (_, condition, expected) => {
  expect(holds(RESOURCE, condition)).toBe(expected);
});

test('reads a condition out', () => {
  expect(words([{ path: 'A.B', equals: true }, { path: 'C', someItem: [{ path: '', oneOf: ['x'] }] }])).toBe('A.B is true and C has an item where the value is one of "x"');
});

test('reads out what an expression tells apart', () => {
  expect(words([{ path: 'A', expressionOf: { all: ['/a', '/b'], none: ['/c'] } }])).toBe('A is a regular expression that matches each of "/a", "/b", and none of "/c"');
});

test('refuses a condition with two matchers', () => {
  expect(() => holds(RESOURCE, { path: 'On', equals: true, exists: true })).toThrow('a condition carries one matcher');
});

test('finds the value itself below an empty path', () => {
  expect(valueAt('x', '')).toBe('x');
});
