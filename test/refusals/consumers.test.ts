import { Consumer, SecurityDomain } from '../../lib';
import { internalDomain, partnerDomain } from '../fixtures/declaration';
import { StampedEnvironment } from '../fixtures/environment-stage';
import { refusalOf } from '../fixtures/refusal';

const publicDomain = (count: number, groups?: string[]): SecurityDomain => SecurityDomain.public({ consumers: Array.from({ length: count }, (_, index) => Consumer.browser(`client-${index}`, { groups })) });
const stamp = (domain: SecurityDomain): StampedEnvironment => new StampedEnvironment({ securityDomains: [domain, partnerDomain(), internalDomain()] });

test('refuses more consumers of a service than its stack can hold', () => {
  expect(refusalOf(() => stamp(publicDomain(201)))).toBe(
    "CONSUMERS: an API service has at most 200 consumers in a security domain, got 201 of 'accounts' in the public domain; write groups on the consumers that do not need it, or several API services",
  );
});

test('accepts 200 consumers of a service, and more in the domain who are not subscribed', () => {
  expect(Object.keys(stamp(publicDomain(200)).template('PublicAccounts').toJSON().Resources as object).length).toBeLessThan(500);
  stamp(publicDomain(201, []));
});
