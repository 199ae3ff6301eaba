import { SiblingParameters } from '../../../lib/declaration/sibling-parameters';

test('keeps the names of parameters at different places', () => {
  const siblings = new SiblingParameters();
  expect(siblings.resourcePath('/a/{x}/b/{y}').path).toBe('/a/{x}/b/{y}');
  expect(siblings.resourcePath('/c/{y}').path).toBe('/c/{y}');
});

test('gives the second parameter at one place the name of the first, and what is below it a common parent', () => {
  const siblings = new SiblingParameters();
  siblings.resourcePath('/a/{x}/b/{y}');
  const renamed = siblings.resourcePath('/a/{other}/b/{z}/c');
  expect(renamed.path).toBe('/a/{x}/b/{y}/c');
  expect(Object.fromEntries(renamed.parameters)).toEqual({ other: 'x', z: 'y' });
});
