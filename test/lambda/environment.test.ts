import { requiredVariable } from '../../lambda/environment';

test('refuses to start without a variable', () => {
  process.env.SOME_VARIABLE = 'value';
  expect(requiredVariable('SOME_VARIABLE')).toBe('value');
  process.env.SOME_VARIABLE = '';
  expect(() => requiredVariable('SOME_VARIABLE')).toThrow('SOME_VARIABLE is not set');
  delete process.env.SOME_VARIABLE;
  expect(() => requiredVariable('SOME_VARIABLE')).toThrow('SOME_VARIABLE is not set');
});
