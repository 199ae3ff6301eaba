import { TrustTokenSigning } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each([0, -1, 1.5, Number.NaN])('refuses the generation %s', (generation) => {
  expect(refusalOf(() => TrustTokenSigning.kmsGeneration(generation))).toBe(`SIGNING_GENERATION: a generation of KMS signing keys is a whole number, 1 or more, got ${generation}; write TrustTokenSigning.KMS for the first, or TrustTokenSigning.kmsGeneration(2) for the next`);
});

test('accepts a later generation', () => {
  expect(TrustTokenSigning.kmsGeneration(7).generation).toBe(7);
});
