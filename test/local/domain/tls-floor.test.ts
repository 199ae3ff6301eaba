import { tlsFloor } from '../../../local/domain/tls-floor';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
test.each([
  [undefined, 'TLSv1.2'],
  ['TLS_1_2', 'TLSv1.2'],
  ['SecurityPolicy_TLS13_1_2_2021_06', 'TLSv1.2'],
  ['SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', 'TLSv1.2'],
  ['SecurityPolicy_TLS12_PFS_2025_EDGE', 'TLSv1.2'],
  ['SecurityPolicy_TLS13_1_3_2025_09', 'TLSv1.3'],
  ['SecurityPolicy_TLS13_1_3_FIPS_2025_09', 'TLSv1.3'],
])('reads the lowest version of policy %s as %s', (policy, version) => {
  expect(tlsFloor(policy)).toBe(version);
});

test.each(['TLS_1_0', 'SecurityPolicy_New'])('refuses policy %s', (policy) => {
  expect(() => tlsFloor(policy)).toThrow(`LOCAL_SECURITY_POLICY: a domain name speaks TLS 1.2 or newer, got ${policy}; write TLS_1_2 or SecurityPolicy_TLS13_1_3_2025_09`);
});
