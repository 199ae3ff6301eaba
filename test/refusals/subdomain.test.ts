import { Consumer, SecurityDomain } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const domain = (subdomain?: string): SecurityDomain => SecurityDomain.public({ consumers: [Consumer.browser('web-bank')], subdomain });

test.each(['', 'api.v1', 'API', '-api', 'api-', 'a_b', '*', 'a'.repeat(64)])("refuses the subdomain '%s'", (subdomain) => {
  expect(refusalOf(() => domain(subdomain))).toBe(`SUBDOMAIN: a subdomain is one DNS label: 1 to 63 lower-case letters, digits and inner hyphens, got '${subdomain}' of 'public'; write subdomain: 'api'`);
});

test.each(['a', '1api', 'open--banking', 'a'.repeat(63)])("accepts the subdomain '%s'", (subdomain) => {
  expect(domain(subdomain).subdomain).toBe(subdomain);
});

test('names a domain after its exposure', () => {
  expect(domain().subdomain).toBe('api');
});
