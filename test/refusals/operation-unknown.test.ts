import { AddressLimit, ManagedRule, ManagedRuleException } from '../../lib';
import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const MESSAGE = "OPERATION_UNKNOWN: an exception or a limit is for an operation that its API service has, got 'post /nothing' in 'accounts'; write the id of one of its operations";

test('refuses an exception for an operation that its service does not have', () => {
  expect(refusalOf(() => apiService({ managedRuleExceptions: [ManagedRuleException.of('post /nothing', ManagedRule.SIZE_PATH, 'long names are needed here')] }))).toBe(MESSAGE);
});

test('refuses a limit on an operation that its service does not have', () => {
  expect(refusalOf(() => apiService({ addressLimits: [AddressLimit.ofOperation('post /nothing', 10)] }))).toBe(MESSAGE);
});

test('refuses an exception without a reason, and a limit twice', () => {
  expect(refusalOf(() => ManagedRuleException.of('post /accounts', ManagedRule.SIZE_PATH, 'because'))).toMatch(/^REASON: /);
  expect(refusalOf(() => apiService({ addressLimits: [AddressLimit.ofService(10), AddressLimit.ofService(20)] }))).toMatch(/^DUPLICATE_NAME: .*two limits of addresses in 'accounts' named 'the service in 5 minutes'; write one limit, or another window$/);
});

test('accepts both for operations that it has', () => {
  const service = apiService({ addressLimits: [AddressLimit.ofOperation('post /accounts', 10)], managedRuleExceptions: [ManagedRuleException.of('post /accounts', ManagedRule.SIZE_PATH, 'long names are needed here')] });
  expect([service.addressLimits.length, service.managedRuleExceptions.length]).toEqual([1, 1]);
});
