import { ApiGroup, Exposure } from '../../lib';
import { apiService, get, internalDomain } from '../fixtures/declaration';
import { StampedEnvironment } from '../fixtures/environment-stage';
import { refusalOf } from '../fixtures/refusal';

const operations = ['/cards', '/cards/{id}', '/loans', '/loans/{id}'].map((path) => get(path));
const stamped = (resourceQuota: number): StampedEnvironment => new StampedEnvironment({
  groups: [new ApiGroup('accounts', { services: [apiService({ approvedExposure: [Exposure.INTERNAL], resourceQuota, operations })] })], securityDomains: [internalDomain()],
});

test('refuses an internal service that takes several REST APIs', () => {
  expect(refusalOf(() => stamped(3))).toBe(
    "PRIVATE_MAPPING: a private host name maps single path segments, so an API service of an internal domain fits one REST API, got 'accounts/cards'; write several API services, or resourceQuota once Service Quotas has granted it",
  );
});

test('accepts one that fits one', () => {
  expect(() => stamped(10)).not.toThrow();
});
