import { SchemaCircles } from '../../../lib/gateway/model-circle';

const nameOf = (reference: string) => reference.slice(1);

test('opens a circle at the reference to the schema that is declared first', () => {
  const circles = new SchemaCircles({ A: { allOf: [{ $ref: '#B' }] }, B: { if: { $ref: '#C' } }, C: { dependentSchemas: { x: { $ref: '#A' } } } }, nameOf);
  expect(['AB', 'BC', 'CA'].map(([from, to]) => circles.isOpenedAt(from!, to!))).toEqual([false, false, true]);
});

test('sees no circle through properties and items', () => {
  const circles = new SchemaCircles({ A: { properties: { b: { $ref: '#B' } }, items: { $ref: '#B' } }, B: { allOf: [{ $ref: '#A' }] } }, nameOf);
  expect(circles.isOpenedAt('B', 'A')).toBe(false);
});

test('opens a schema that is nothing but itself', () => {
  expect(new SchemaCircles({ A: { anyOf: [{ $ref: '#A' }] } }, nameOf).isOpenedAt('A', 'A')).toBe(true);
});
