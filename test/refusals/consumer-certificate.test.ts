import { ClientCertificate, Consumer, SecurityDomain } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const globex = Consumer.system('globex', { certificates: [ClientCertificate.bySubject('CN=globex')] });

test('refuses a partner without a certificate', () => {
  expect(refusalOf(() => SecurityDomain.partner({ consumers: [globex, Consumer.system('acme')] }))).toBe(
    "CONSUMER_CERTIFICATE: every consumer of a partner domain is recognised by its certificate, got none for 'acme'; write certificates: [ClientCertificate.bySubject('CN=…')]",
  );
});

test('accepts partners with certificates, and other consumers without', () => {
  SecurityDomain.partner({ consumers: [globex] });
  SecurityDomain.internal({ consumers: [Consumer.system('acme')] });
});
