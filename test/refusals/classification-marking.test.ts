import { Classification, ProtectiveMarking } from '../../lib';
import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test.each(['PROTECTED', 'SECRET', 'TOP_SECRET'] as const)('refuses %s data without a protective marking', (level) => {
  const classification = Classification[level];
  expect(refusalOf(() => apiService({ classification }))).toBe(
    `CLASSIFICATION_MARKING: a classified API carries its protective marking, got ${classification.marking} without a marking for 'accounts'; write protectiveMarking: ProtectiveMarking.required()`,
  );
  expect(refusalOf(() => apiService({ classification, protectiveMarking: ProtectiveMarking.optional() }))).toContain('CLASSIFICATION_MARKING');
});

test('accepts PROTECTED data with a marking, and OFFICIAL: Sensitive without', () => {
  apiService({ classification: Classification.PROTECTED, protectiveMarking: ProtectiveMarking.required() });
  apiService({ classification: Classification.OFFICIAL_SENSITIVE });
});
