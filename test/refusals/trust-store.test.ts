import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { TrustStore } from '../../lib';
import { certificateFile } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const message = (got: string): string => `TRUST_STORE: a trust store holds unexpired CA certificates with RSA-2048, EC-256 or stronger keys and SHA-2 signatures, up to their roots, got ${got}; write PEM certificates of the partner certificate authorities`;

test.each([
  ['rsa-1024', 'an RSA key of 1024 bits'],
  ['ec-192', 'an EC key on prime192v1'],
  ['ed25519', 'a key of type ed25519'],
  ['sha-1', 'a signature without SHA-2'],
  ['expired', 'expired on Jan  1 00:00:00 2021 GMT'],
  ['leaf', 'not a certificate authority'],
  ['garbage', 'not a certificate'],
])('refuses %s: %s', (name, fault) => {
  const file = certificateFile(name);
  expect(refusalOf(() => TrustStore.fromPem({ acme: file }))).toBe(message(`certificate 1 of '${file}': ${fault}`));
});

test('refuses a file that holds no certificate', () => {
  expect(refusalOf(() => TrustStore.fromPem({ acme: 'test/fixtures/declaration.ts' }))).toBe(message("no certificate in 'test/fixtures/declaration.ts'"));
});

test.each([
  ['certs/nope.pem', 'no such file, relative to the working directory'],
  [certificateFile('nope'), 'no such file'],
  ['test/fixtures', 'a directory'],
])('says of %s why it cannot be read: %s', (file, why) => {
  expect(refusalOf(() => TrustStore.fromPem({ acme: file }))).toBe(message(`'${file}': ${why}`));
});

test('refuses a weak certificate behind a strong one', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trust-store-')), 'mixed.pem');
  writeFileSync(file, ['ec-256', 'rsa-1024'].map((name) => readFileSync(certificateFile(name), 'utf8')).join('\n'));
  expect(refusalOf(() => TrustStore.fromPem({ acme: file }))).toBe(message(`certificate 2 of '${file}': an RSA key of 1024 bits`));
});

test.each([['chain-of-5', 'a chain of more than 4'], ['chain-without-root', 'its issuer CN=Chain Root is not among the others']])('refuses %s, which API Gateway would not follow', (name, fault) => {
  const file = certificateFile(name);
  expect(refusalOf(() => TrustStore.fromPem({ acme: file }))).toBe(message(`certificate 1 of '${file}': ${fault}`));
});

test.each(['ec-256', 'rsa-2048', 'chain-of-4'])('accepts %s', (name) => {
  expect(TrustStore.fromPem({ acme: certificateFile(name) }).pem).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
});
