import { Consumer, SecurityDomain } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, partnerDomain, publicDomain, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const subscribed = (...groups: string[]): (() => void) => () => checkDeclaration({
  environments: [testEnvironment()],
  securityDomains: [publicDomain(), partnerDomain(), SecurityDomain.internal({ consumers: [Consumer.system('ledger', { groups })] })],
  groups: [apiGroup()],
});

test('refuses a subscription to an API group that does not exist', () => {
  expect(refusalOf(subscribed('accounts', 'payments'))).toBe("GROUP_UNKNOWN: a consumer subscribes to declared API groups, got 'payments' for 'ledger'; write the name of a declared group");
});

test('accepts a subscription to a declared API group', () => {
  expect(subscribed('accounts')).not.toThrow();
});
