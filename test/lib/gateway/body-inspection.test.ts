import { ApiGroup, Backend, ThreatProtection } from '../../../lib';
import { uninspectedBodies } from '../../../lib/gateway/body-inspection';
import { apiService } from '../../fixtures/declaration';

const threatProtection = ThreatProtection.of({ depth: 4 });

function listed(service: Partial<Parameters<typeof apiService>[0]>, group?: ThreatProtection): number {
  const declared = apiService(service);
  return uninspectedBodies({ service: declared, group: new ApiGroup('accounts', { services: [declared], threatProtection: group }) }).length;
}

test('lists limits that no function is told, and none where nothing is declared or a function is', () => {
  expect(listed({ threatProtection })).toBe(1);
  expect(listed({}, threatProtection)).toBe(1);
  expect(listed({})).toBe(0);
  expect(listed({ threatProtection, backend: Backend.lambda('bank-accounts') })).toBe(0);
});
