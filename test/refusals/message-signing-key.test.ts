import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Consumer, MessageSigningKey } from '../../lib';
import { publicJwk } from '../../lib/declaration/message-signing-key';
import { certificateFile } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const directory = mkdtempSync(join(tmpdir(), 'signing-key-'));
afterAll(() => rmSync(directory, { recursive: true }));

const file = (content: string): string => {
  const path = join(directory, 'key');
  writeFileSync(path, content);
  return path;
};
const pem = (key: KeyObject): string => key.export({ format: 'pem', type: key.type === 'public' ? 'spki' : 'pkcs8' }) as string;
const jwk = (key: KeyObject): string => JSON.stringify(key.export({ format: 'jwk' }));

const ed25519 = generateKeyPairSync('ed25519');
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 });
const PRIVATE = 'a private key, which belongs to its consumer alone: replace it, since it has been seen';

test.each([
  ['PEM', MessageSigningKey.fromPem, pem(ed25519.privateKey), PRIVATE],
  ['PEM', MessageSigningKey.fromPem, `${pem(ed25519.publicKey)}${pem(ed25519.privateKey)}`, PRIVATE],
  ['PEM', MessageSigningKey.fromPem, `${pem(ed25519.publicKey)}${pem(p384.publicKey)}`, 'not one PUBLIC KEY in PEM'],
  ['PEM', MessageSigningKey.fromPem, pem(p384.publicKey), 'an EC key on secp384r1'],
  ['PEM', MessageSigningKey.fromPem, pem(rsa1024.publicKey), 'an RSA key of 1024 bits'],
  ['PEM', MessageSigningKey.fromPem, pem(generateKeyPairSync('ed448').publicKey), 'a key of type ed448'],
  ['PEM', MessageSigningKey.fromPem, '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'not a key'],
  ['JWK', MessageSigningKey.fromJwk, jwk(ed25519.privateKey), PRIVATE],
  ['JWK', MessageSigningKey.fromJwk, '{"kty":"oct","k":"c2VjcmV0"}', PRIVATE],
  ['JWK', MessageSigningKey.fromJwk, '[]', 'not one JWK'],
  ['JWK', MessageSigningKey.fromJwk, jwk(rsa1024.publicKey), 'an RSA key of 1024 bits'],
])('refuses what is no public key to sign with (%s, %#)', (_kind, from, content, got) => {
  const path = file(content);
  expect(refusalOf(() => from('acme-2027', path))).toBe(
    `MESSAGE_SIGNING_KEY: a signing key of a consumer is a file with one public key: EC P-256, Ed25519, or RSA of 2048 to 4096 bits, got '${path}', which is ${got}; write MessageSigningKey.fromPem('acme-2027', 'certs/{environment}/acme-signing.pem') with what openssl pkey -pubout prints`,
  );
});

test('refuses a certificate and a file that is not there', () => {
  expect(refusalOf(() => MessageSigningKey.fromPem('acme-2027', certificateFile('ec-256')))).toContain('not one PUBLIC KEY in PEM');
  expect(refusalOf(() => MessageSigningKey.fromPem('acme-2027', 'certs/none.pem'))).toContain("got 'certs/none.pem': no such file, relative to the working directory");
});

test.each(['', 'a b', 'x'.repeat(65), 'a"'])('refuses the key id %j', (id) => {
  expect(refusalOf(() => MessageSigningKey.fromPem(id, file(pem(ed25519.publicKey))))).toBe(
    `MESSAGE_SIGNING_KEY_ID: the id of a signing key is 1 to 64 letters, digits, dots, underscores and hyphens, got '${id}'; write an id such as 'acme-2027'`,
  );
});

test.each([['Ed25519', ed25519], ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' })], ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 })]])('takes the same %s key from PEM and from a JWK, and nothing private of it', (_name, { publicKey }) => {
  const expected = publicKey.export({ format: 'jwk' });
  expect(publicJwk(MessageSigningKey.fromPem('a', file(pem(publicKey))), 'Test')).toEqual(expected);
  expect(publicJwk(MessageSigningKey.fromJwk('a', file(jwk(publicKey))), 'Test')).toEqual(expected);
});

test('finds the key of each environment by its name', () => {
  writeFileSync(join(directory, 'test.pem'), pem(ed25519.publicKey));
  const key = MessageSigningKey.fromPem('a', join(directory, '{environment}.pem'));
  expect(publicJwk(key, 'Test')).toEqual(ed25519.publicKey.export({ format: 'jwk' }));
  expect(refusalOf(() => publicJwk(key, 'Production'))).toContain("production.pem': no such file");
});

test('refuses a signing key in the hands of everybody who has a browser, and two of one id', () => {
  const key = MessageSigningKey.fromPem('a', file(pem(ed25519.publicKey)));
  expect(refusalOf(() => Consumer.browser('web-bank', { signingKeys: [key] }))).toBe(
    "MESSAGE_SIGNING_CLIENT: a signing key is a secret, which only a consumer that runs on a server can keep, got one for 'web-bank', which is of the kind 'browser'; write Consumer.system or Consumer.trustedApplication, or leave signingKeys out",
  );
  expect(refusalOf(() => Consumer.system('batch', { signingKeys: [key, key] }))).toMatch(/^DUPLICATE_NAME: .*two signing keys of 'batch' named 'a'/);
  expect(Consumer.system('batch', { signingKeys: [key] }).signingKeys).toEqual([key]);
});
