import { isReadOnly } from '../../../lib/gateway/read-only';

const schemas: { [reference: string]: unknown } = {
  Id: { type: 'string', readOnly: true },
  Base: { properties: { id: { $ref: 'Id' } } },
  Loop: { allOf: [{ $ref: 'Loop' }], properties: { loop: { $ref: 'Loop' } } },
};
const finder = { find: (reference: string) => ({ schema: schemas[reference] }) };

test.each([
  [{ properties: { id: { readOnly: true } } }, true],
  [{ properties: { id: { $ref: 'Id' } } }, true],
  [{ properties: { id: { allOf: [{ $ref: 'Id' }] } } }, true],
  [{ allOf: [{ $ref: 'Base' }, { properties: { name: {} } }] }, true],
  [{ properties: { id: { type: 'string' } } }, false],
  [{ $ref: 'Loop' }, false],
])('knows whether %j has a read-only id', (schema, expected) => {
  expect(isReadOnly(schema, 'id', finder)).toBe(expected);
});

test('ends where a property is of its own kind', () => {
  expect(isReadOnly({ $ref: 'Loop' }, 'loop', finder)).toBe(false);
});
