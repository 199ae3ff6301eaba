import { ClientCertificate } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test.each(['AB', 'zz'.repeat(32), 'ab'.repeat(20)])('refuses the thumbprint %s', (thumbprint) => {
  expect(refusalOf(() => ClientCertificate.byThumbprint(thumbprint))).toBe(
    `CERTIFICATE_THUMBPRINT: a thumbprint is the SHA-256 of a certificate, 64 hexadecimal digits, got '${thumbprint}'; write what openssl x509 -fingerprint -sha256 prints`,
  );
});

test('accepts what openssl prints', () => {
  expect(ClientCertificate.byThumbprint(Array(32).fill('AB').join(':')).sha256).toBe('ab'.repeat(32));
});
