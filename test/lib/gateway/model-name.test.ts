import { modelName } from '../../../lib/gateway/model-name';

test('keeps names of letters and digits', () => {
  expect(modelName('Account2')).toBe('Account2');
});

test('makes different names of schemas that differ in other characters only', () => {
  const names = ['a.b', 'a-b', 'a_b', 'ab', '日本'].map(modelName);
  expect(new Set(names).size).toBe(5);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9]+$/);
});
