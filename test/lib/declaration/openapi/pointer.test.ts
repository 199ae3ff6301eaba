import { pathOf, pointerOf, schemaReference } from '../../../../lib/declaration/openapi/pointer';

test('escapes slashes and tildes', () => {
  expect(pointerOf(['paths', '/a/{b~c}', 0])).toBe('/paths/~1a~1{b~0c}/0');
  expect(schemaReference('a/b')).toBe('#/components/schemas/a~1b');
});

test('reads back what it escapes, and percent-encoding', () => {
  expect(pathOf('#/paths/~1a~1%7Bb~0c%7D')).toEqual(['paths', '/a/{b~c}']);
  expect(pathOf('#/a/100%')).toEqual(['a', '100%']);
});

test('knows the document itself from other places', () => {
  expect(pathOf('#')).toEqual([]);
  expect(pathOf('other.yaml#/a')).toBeUndefined();
  expect(pathOf('#anchor')).toBeUndefined();
});
