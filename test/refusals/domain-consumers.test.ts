import { Consumer, SecurityDomain } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test('refuses a security domain that nobody may call', () => {
  expect(refusalOf(() => SecurityDomain.public({ consumers: [] }))).toBe(
    "DOMAIN_CONSUMERS: a security domain with APIs names the consumers that may call it, got none for 'public'; write consumers: [Consumer.browser('client-id')]",
  );
});

test('accepts one consumer', () => {
  expect(SecurityDomain.public({ consumers: [Consumer.browser('web-bank')] }).consumers).toHaveLength(1);
});
