import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Consumer, MessageSignatures, MessageSigningKey, SecurityDomain } from '../../lib';
import { signatureVariables } from '../../lib/gateway/signed-messages';
import { apiGroup, apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const directory = mkdtempSync(join(tmpdir(), 'signing-keys-'));
const file = join(directory, 'key.pem');
writeFileSync(file, generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }));
afterAll(() => rmSync(directory, { recursive: true }));

const groups = [apiGroup(apiService({ messageSignatures: MessageSignatures.required() }))];
const told = (count: number) => (): unknown => {
  const consumers = Array.from({ length: count }, (_, index) => Consumer.system(`batch-${index + 10}`, { signingKeys: [MessageSigningKey.fromPem('2027', file)] }));
  return signatureVariables({ environment: { groups, securityDomains: [SecurityDomain.internal({ consumers })], environmentName: 'Test' }, group: 'accounts', service: 'accounts' });
};

test('refuses more keys than a function can be told', () => {
  expect(refusalOf(told(40))).toBe(
    "MESSAGE_SIGNING_KEYS: what a function is told of signed messages is at most 3,000 bytes, some 16 keys on P-256, 25 of Ed25519 or 6 of RSA-2048, got 4042 for 'accounts'; write Ed25519 or P-256 keys, groups on the consumers that do not need the service, or several API services",
  );
  expect(told(25)).not.toThrow();
});
