import { entriesOf, isNode, nodesOf, stringsOf } from '../../../../lib/declaration/openapi/node';

test('takes objects only', () => {
  expect([{}, [], null, 'a', undefined].map(isNode)).toEqual([true, false, false, false, false]);
  expect(nodesOf([{ a: 1 }, null, 'a'])).toEqual([{ a: 1 }]);
  expect(entriesOf({ a: {}, b: [] })).toEqual([['a', {}]]);
  expect(stringsOf(['a', 1])).toEqual(['a']);
});

test.each([nodesOf, entriesOf, stringsOf])('finds nothing where there is something else: %p', (read) => {
  expect([undefined, null, 'text', 1].flatMap((value) => read(value) as unknown[])).toEqual([]);
});
