import { Countries } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each([['au'], ['AUS'], ['']])("refuses the country '%s'", (code) => {
  expect(refusalOf(() => Countries.only(code))).toBe(`COUNTRIES: countries are 1 to 50 two-letter codes of ISO 3166-1, got '${code}'; write Countries.only('AU', 'NZ')`);
});

test('refuses no country and more than a statement holds', () => {
  expect(refusalOf(() => Countries.except())).toMatch(/got 0 codes;/);
  expect(refusalOf(() => Countries.only(...Array<string>(51).fill('AU')))).toMatch(/got 51 codes;/);
});
