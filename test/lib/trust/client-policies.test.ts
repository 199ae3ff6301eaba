import { ApiGroup, Consumer, Exposure, SecurityDomain } from '../../../lib';
import { clientPolicies } from '../../../lib/trust/client-policies';
import { apiGroup, apiService } from '../../fixtures/declaration';

const groups = [apiGroup(), new ApiGroup('ledger', { services: [apiService({ exposure: [Exposure.INTERNAL] }, 'ledger')] })];
const domain = SecurityDomain.public({
  consumers: [
    Consumer.browser('web-bank', { clientId: '0oa1' }),
    Consumer.native('mobile-bank', { groups: [] }),
    Consumer.application('teller', { groups: ['accounts', 'ledger'] }),
    Consumer.trustedApplication('batch'),
  ],
});

test('lists clients by the id in their tokens, with their kind', () => {
  const policies = clientPolicies(domain, groups);
  expect(Object.entries(policies).map(([id, { consumer, type }]) => [id, consumer, type])).toEqual([
    ['0oa1', 'web-bank', 'browser'],
    ['mobile-bank', 'mobile-bank', 'native'],
    ['teller', 'teller', 'application'],
    ['batch', 'batch', 'trusted-application'],
  ]);
});

test('grants the groups of the domain, or those subscribed to, and never a group of another domain', () => {
  const policies = clientPolicies(domain, groups);
  expect(Object.values(policies).map((policy) => policy.groups)).toEqual([['accounts'], [], ['accounts'], ['accounts']]);
});
