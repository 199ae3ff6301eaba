import { uuid } from '../../../lib/evidence/uuid';

test('gives the same name the same version 5 id', () => {
  expect(uuid('component API Gateway')).toBe(uuid('component API Gateway'));
  expect(uuid('component API Gateway')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('gives different names different ids', () => {
  expect(uuid('a')).not.toBe(uuid('b'));
});
