import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../../../lambda/authorizer/configuration';
import { CONFIGURATION, INTROSPECTION } from '../fixtures/authorizer';

const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(value: unknown): unknown {
  const path = join(folder, 'configuration.json');
  writeFileSync(path, JSON.stringify(value));
  return readConfiguration(path);
}

const REVOCATION = { partner: 'acme', authorities: ['PEM'], lists: ['https://pki.acme.example/root.crl'], refreshSeconds: 300, usableThroughOutageSeconds: 3600 };

test('reads what the constructs wrote', () => {
  const introspecting = { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, introspection: INTROSPECTION } };
  const revoking = { ...CONFIGURATION, revocation: [REVOCATION] };
  const privately = { ...CONFIGURATION, revocation: [{ ...REVOCATION, authorities: [], privateAuthorities: true, maxAgeSeconds: 86_400 }] };
  expect([CONFIGURATION, introspecting, revoking, privately].map(read)).toEqual([CONFIGURATION, introspecting, revoking, privately]);
});

test.each<[string, unknown]>([
  ['mutualTls', { ...CONFIGURATION, mutualTls: 'false' }],
  ['trustTokenSeconds', { ...CONFIGURATION, trustTokenSeconds: 301 }],
  ['operations', { ...CONFIGURATION, operations: undefined }],
  ['algorithms', { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, algorithms: ['HS256'] } }],
  ['algorithms', { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, algorithms: [] } }],
  ['issuer', { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, issuer: '' } }],
  ['keysUsableThroughOutageSeconds', { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, keysUsableThroughOutageSeconds: 86_401 } }],
  ['introspection', { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, introspection: { ...INTROSPECTION, endpoint: 'http://idp.test.example' } } }],
  ['introspection', { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, introspection: { ...INTROSPECTION, cacheSeconds: 301 } } }],
  ['introspection', { ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, introspection: { ...INTROSPECTION, issuerRequired: undefined } } }],
  ...[{ requests: 0, windowSeconds: 60 }, { requests: 1 }, { requests: '10', windowSeconds: 60 }, 10].map((limit): [string, unknown] => ['rateLimits', { ...CONFIGURATION, rateLimits: { accounts: limit } }]),
  ...[{ partner: undefined }, { lists: [] }, { lists: ['http://pki.acme.example/root.crl'] }, { authorities: [] }, { refreshSeconds: 3601 }, { usableThroughOutageSeconds: undefined }, { maxAgeSeconds: 60 }].map((wrong): [string, unknown] => ['revocation', { ...CONFIGURATION, revocation: [{ ...REVOCATION, ...wrong }] }]),
  ['environment', []],
])('refuses to start with a wrong %s', (member, value) => {
  expect(() => read(value)).toThrow(`authorizer configuration: ${member} is missing or out of bounds`);
});
