import { Size } from 'aws-cdk-lib';
import { BodyLimit } from '../../lib';
import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';
import { webAcl } from '../fixtures/web-acl';

const services = (count: number): ReturnType<typeof apiService>[] => Array.from({ length: count }, (_, index) => apiService({ bodyLimit: BodyLimit.of(Size.kibibytes(index % 60 + 1)), basePath: `s${index}` }, `service-${index}`));
const distinct = (count: number): ReturnType<typeof apiService>[] => Array.from({ length: count }, (_, index) => apiService({ bodyLimit: BodyLimit.of(Size.bytes(index + 1)) }, `service-${index}`));

test('refuses more rules than a web ACL has capacity for', () => {
  expect(refusalOf(() => webAcl({ services: distinct(61) }))).toBe("WEB_ACL_CAPACITY: a web ACL uses at most 1,500 capacity units, got 1503 for 'public'; write fewer media types, different body limits or different requestsPerAddress among the services of that domain");
});

test('accepts rules that fill the capacity, however many services share them', () => {
  expect(webAcl({ services: distinct(60) }).construct.capacity).toBe(1496);
  expect(webAcl({ services: services(120) }).construct.capacity).toBeLessThanOrEqual(1500);
});
