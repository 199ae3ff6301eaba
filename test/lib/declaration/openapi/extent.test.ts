import { checkExtent } from '../../../../lib/declaration/openapi/extent';

function nested(levels: number): unknown {
  let value: unknown = 'end';
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

test('accepts 200 levels and refuses 201', () => {
  expect(() => checkExtent(nested(200), 'a.json', false)).not.toThrow();
  expect(() => checkExtent(nested(202), 'a.json', false)).toThrow('OPENAPI_SIZE');
});

test('counts the levels of a shared object wherever it stands', () => {
  const shared = nested(150);
  const deep = { first: shared, second: Array.from({ length: 60 }).reduce<unknown>((inner) => [inner], shared) };
  expect(() => checkExtent(deep, 'a.yaml', true)).toThrow('OPENAPI_SIZE');
});

test('accepts a shared object that many use', () => {
  const shared = { description: 'Not found' };
  expect(() => checkExtent(Array(5000).fill(shared), 'a.yaml', true)).not.toThrow();
});
