import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Consumer, MessageSignatures, MessageSigningKey, SecurityDomain } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, apiService, partnerDomain, production, publicDomain, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const directory = mkdtempSync(join(tmpdir(), 'message-signatures-'));
for (const name of ['test', 'production']) writeFileSync(join(directory, `${name}.pem`), generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }));
afterAll(() => rmSync(directory, { recursive: true }));

const messageSignatures = MessageSignatures.required();
const key = (file: string): MessageSigningKey => MessageSigningKey.fromPem('batch-2027', join(directory, `${file}.pem`));
const declared = (consumer: Consumer, environments = [testEnvironment()]) => (): void => checkDeclaration({
  environments, securityDomains: [publicDomain(), partnerDomain(), SecurityDomain.internal({ consumers: [consumer] })], groups: [apiGroup(apiService({ messageSignatures }))],
});

test.each([Duration.seconds(4), Duration.seconds(301), Duration.millis(5500)])('refuses signatures that are accepted for %s', (maxAge) => {
  expect(refusalOf(() => MessageSignatures.required({ maxAge }))).toBe(
    `MESSAGE_SIGNATURES: a signature of a message is accepted for 5 seconds to 5 minutes, in whole seconds, got ${maxAge.toHumanString()}; write MessageSignatures.required(), or maxAge: Duration.minutes(1)`,
  );
});

test('refuses signatures on no operation, or on one that its service does not have', () => {
  expect(refusalOf(() => MessageSignatures.required({ operations: [] }))).toMatch(/got operations: \[\]; write the ids of operations, or leave operations out for all of them$/);
  expect(refusalOf(() => apiService({ messageSignatures: MessageSignatures.required({ operations: ['post /nothing'] }) }))).toMatch(/^OPERATION_UNKNOWN: .*got 'post \/nothing' in 'accounts'/);
  apiService({ messageSignatures: MessageSignatures.required({ operations: ['post /accounts'], maxAge: Duration.minutes(5) }) });
});

test('refuses a service that asks for signatures and that nobody can sign for', () => {
  const message = "MESSAGE_SIGNERS: an API service that asks for signed messages can be called by a consumer that has a key to sign with, got none for 'accounts'; write signingKeys: [MessageSigningKey.fromPem('acme-2027', 'certs/{environment}/acme-signing.pem')] on a consumer of its group";
  expect(refusalOf(declared(Consumer.system('batch')))).toBe(message);
  expect(refusalOf(declared(Consumer.system('batch', { groups: [], signingKeys: [key('test')] })))).toBe(message);
  declared(Consumer.system('batch', { signingKeys: [key('test')] }))();
});

test('refuses one key in two environments', () => {
  const environments = [testEnvironment(), production()];
  expect(refusalOf(declared(Consumer.system('batch', { signingKeys: [key('test')] }), environments))).toMatch(
    /^ENVIRONMENT_SHARED: .* got the signing key 'batch-2027' of 'batch' in Test and Production; write a signing key of its own for Production, with \{environment\} in the path of its file$/,
  );
  declared(Consumer.system('batch', { signingKeys: [key('{environment}')] }), environments)();
});
