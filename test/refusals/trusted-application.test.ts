import { ClientCertificate, Consumer, SecurityDomain } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const certificates = [ClientCertificate.bySubject('CN=acme')];
const message = (got: string): string => 'TRUSTED_APPLICATION: implicit trust is given to an application that mutual TLS authenticates, and for API groups by name, '
  + `got ${got}; write Consumer.trustedApplication('acme', { groups: ['accounts'], certificates: [ClientCertificate.bySubject('CN=…')] }) in SecurityDomain.partner`;

test.each(['public', 'internal'] as const)('refuses a trusted application in the %s domain, where nothing but its secret would tell who it is', (domain) => {
  const consumers = [Consumer.trustedApplication('acme', { groups: ['accounts'], certificates })];
  expect(refusalOf(() => SecurityDomain[domain]({ consumers }))).toBe(message(`'acme' in the ${domain} domain, which has no mutual TLS`));
});

test.each([[undefined], [[]]])('refuses one that does not name the API groups that trust it: %j', (groups) => {
  expect(refusalOf(() => SecurityDomain.partner({ consumers: [Consumer.trustedApplication('acme', { groups, certificates })] }))).toBe(message("'acme' without groups"));
});

test('refuses one without a certificate, as any partner', () => {
  expect(refusalOf(() => SecurityDomain.partner({ consumers: [Consumer.trustedApplication('acme', { groups: ['accounts'] })] }))).toMatch(/^CONSUMER_CERTIFICATE: /);
});

test('accepts one that has both, and a system in every domain', () => {
  SecurityDomain.partner({ consumers: [Consumer.trustedApplication('acme', { groups: ['accounts'], certificates })] });
  SecurityDomain.internal({ consumers: [Consumer.system('ledger')] });
});
