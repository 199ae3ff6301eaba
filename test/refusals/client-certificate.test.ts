import { generateKeyPairSync, X509Certificate } from 'crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ClientCertificate } from '../../lib';
import { certificateFile } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const message = (got: string): string => `CLIENT_CERTIFICATE: a pinned client certificate is a PEM file with one unexpired certificate that is no authority, and without a key, got ${got}; write ClientCertificate.fromPem('certs/acme-client.pem'), or ClientCertificate.byThumbprint`;
const leaf = readFileSync(certificateFile('leaf'), 'utf8');

function written(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'client-certificate-')), 'client.pem');
  writeFileSync(file, text);
  return file;
}

test.each([
  ['an authority', certificateFile('ec-256')],
  ['two certificates', written(`${leaf}\n${leaf}`)],
  ['a certificate with its key', written(`${leaf}\n${generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })}`)],
  ['no certificate', certificateFile('garbage')],
])('refuses %s', (_, file) => {
  expect(refusalOf(() => ClientCertificate.fromPem(file))).toBe(message(`'${file}' without exactly one`));
});

test('says of a file why it cannot be read', () => {
  expect(refusalOf(() => ClientCertificate.fromPem('certs/nope.pem'))).toBe(message("'certs/nope.pem': no such file, relative to the working directory"));
});

test('refuses a certificate that has ended', () => {
  jest.useFakeTimers({ now: new Date('2101-01-01') });
  try {
    expect(refusalOf(() => ClientCertificate.fromPem(certificateFile('leaf')))).toBe(message(`'${certificateFile('leaf')}', which expired on Oct 24 22:05:45 2100 GMT`));
  } finally {
    jest.useRealTimers();
  }
});

test('pins the certificate by its thumbprint', () => {
  expect(ClientCertificate.fromPem(certificateFile('leaf')).sha256).toBe(new X509Certificate(leaf).fingerprint256.replaceAll(':', '').toLowerCase());
});
