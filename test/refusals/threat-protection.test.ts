import { ThreatProtection } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each([['depth', 0], ['attributes', -1], ['textBytes', 1.5], ['arrayItems', Number.NaN]])('refuses the limit %s of %s', (name, limit) => {
  expect(refusalOf(() => ThreatProtection.of({ [name]: limit }))).toBe(
    `THREAT_PROTECTION: a limit of bodies is a whole number of at least 1, got ${name}: ${limit}; write ThreatProtection.of({ depth: 8 })`,
  );
});

test('accepts limits of one', () => {
  expect(ThreatProtection.of({ depth: 1 }).limits).toEqual({ depth: 1 });
});
