import { webcrypto } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import 'reflect-metadata';
import { X509CertificateGenerator } from '@peculiar/x509';
import type { HandshakeProbe, RequestProbe } from '../../assess/assessment-case';
import type { AssessedDomain } from '../../assess/assessed-environment';
import { transport } from '../../assess/families/transport';
import { handshake, type Handshake } from '../../assess/handshake';
import { httpsExchange } from '../../assess/https-exchange';
import { Untestable } from '../../assess/target';
import { CertificateAuthority } from '../../local/peer/certificate-authority';

const HOST = 'api.test.example';
const DAY = 24 * 60 * 60 * 1000;
const servers: NetServer[] = [];
let authority: CertificateAuthority;
let good: { readonly cert: string; readonly key: string };

beforeAll(async () => {
  authority = await CertificateAuthority.create('Servers');
  const { certificate, privateKey } = await authority.issue({ subject: `CN=${HOST}`, alternativeNames: [HOST], usage: 'server' });
  good = { cert: certificate, key: privateKey };
});
afterAll(() => { for (const server of servers) server.close(); });

async function port(server: NetServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return (server.address() as AddressInfo).port;
}

/** The probe of a rule, as the transport family makes it for a domain. */
function probeOf(rule: string, domain: Partial<AssessedDomain> = {}): HandshakeProbe {
  const found = transport.cases({ securityDomain: 'public', hostName: HOST, isPrivate: false, mutualTls: false, apis: [], addressLimits: [], honeypots: [], ...domain }).find((one) => one.rule === rule);
  return found!.probe as HandshakeProbe;
}

async function tried(rule: string, options: TlsOptions, domain: Partial<AssessedDomain> = {}): Promise<Handshake> {
  const server = createServer({ ...good, ...options }, (socket) => socket.on('error', () => undefined));
  server.on('tlsClientError', () => undefined);
  return handshake(probeOf(rule, domain), { address: '127.0.0.1', port: await port(server), hostName: HOST, certificateAuthority: authority.certificate });
}

/** A certificate of a server, weak in one way. */
async function weak({ bits = 2048, hash = 'SHA-256', days = 90 }: { readonly bits?: number; readonly hash?: string; readonly days?: number }): Promise<TlsOptions> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash, modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]) };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({ serialNumber: '01', name: `CN=${HOST}`, notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + days * DAY), signingAlgorithm: algorithm, keys }, webcrypto as unknown as Parameters<typeof X509CertificateGenerator.createSelfSigned>[1]);
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { cert: certificate.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`, ciphers: 'DEFAULT:@SECLEVEL=0' };
}

const OLD: TlsOptions = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' };
const NEWEST: TlsOptions = { minVersion: 'TLSv1.3' };
const UP_TO_DATE: TlsOptions = { minVersion: 'TLSv1.2' };
const PRIVATE = { isPrivate: true };

test.each<[rule: string, sound: TlsOptions, weakened: TlsOptions, domain: Partial<AssessedDomain>]>([
  ['refuses-tls-1.0', NEWEST, { ...OLD, maxVersion: 'TLSv1' }, {}],
  ['refuses-tls-1.1', NEWEST, { ...OLD, maxVersion: 'TLSv1.1' }, {}],
  ['refuses-tls-1.2', NEWEST, UP_TO_DATE, {}],
  ['accepts-newest-version', NEWEST, { maxVersion: 'TLSv1.2' }, {}],
  ['strong-suite', NEWEST, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' }, {}],
  ['refuses-obsolete-suites', UP_TO_DATE, { maxVersion: 'TLSv1.2', ciphers: 'NULL:aNULL:eNULL:@SECLEVEL=0' }, PRIVATE],
])('%s holds for a sound server and fails for a weakened one', async (rule, sound, weakened, domain) => {
  expect(await tried(rule, sound, domain)).toMatchObject({ holds: true });
  expect(await tried(rule, weakened, domain)).toMatchObject({ holds: false });
});

test.each([
  ['an RSA key of 1024 bits', { bits: 1024 }, 'strong-certificates', /RSA 1024/],
  ['a SHA-1 signature', { hash: 'SHA-1' }, 'strong-certificates', /SHA-1/],
  ['an end in three days', { days: 3 }, 'certificate-in-time', /valid until/],
  ['an end yesterday', { days: -0.5 }, 'certificate-in-time', /valid until/],
  ['an issuer that nobody trusts', {}, 'trusted-certificate', /SELF_SIGNED/],
])('a certificate with %s is found', async (_what, weakness, rule, got) => {
  expect(await tried(rule, {})).toMatchObject({ holds: true });
  expect(await tried(rule, await weak(weakness))).toMatchObject({ holds: false, got: expect.stringMatching(got) as string });
});

test('a certificate for another name is found', async () => {
  const { certificate, privateKey } = await authority.issue({ subject: 'CN=other.example', alternativeNames: ['other.example'], usage: 'server' });
  expect(await tried('trusted-certificate', { cert: certificate, key: privateKey })).toEqual({ holds: false, got: 'refused: ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('a server that is not there refuses nothing', async () => {
  const server = createServer(good);
  const gone = await port(server);
  await new Promise((resolve) => { server.close(resolve); });
  expect(await handshake(probeOf('refuses-tls-1.0'), { address: '127.0.0.1', port: gone, hostName: HOST })).toEqual({ holds: false, got: 'refused: ECONNREFUSED' });
});

test('what this machine cannot offer is untestable, not held', async () => {
  await expect(handshake({ kind: 'handshake', version: 'TLSv1.2', ciphers: 'NO-SUCH-SUITE', expected: 'refused' }, { address: '127.0.0.1', port: 1, hostName: HOST })).rejects.toThrow(Untestable);
});

test('no request is sent to a server that is not trusted', async () => {
  let requests = 0;
  const server = createServer({ ...good, ...await weak({}) }, (socket) => { socket.on('error', () => undefined).on('data', () => { requests += 1; }); });
  server.on('tlsClientError', () => undefined);
  const endpoint = { address: '127.0.0.1', port: await port(server), hostName: HOST, certificateAuthority: authority.certificate };
  await expect(httpsExchange({ endpoint, method: 'GET', path: '/', headers: { authorization: 'Bearer secret' } })).rejects.toThrow();
  expect(requests).toBe(0);
});

test('HTTP without TLS that is answered is found', async () => {
  const server = createHttpServer((_request, response) => response.end('hello'));
  const endpoint = { address: '127.0.0.1', port: await port(server), hostName: HOST };
  const { probe } = transport.cases({ securityDomain: 'public', hostName: HOST, isPrivate: false, mutualTls: false, apis: [], addressLimits: [], honeypots: [] }).find(({ rule }) => rule === 'refuses-plain-http')!;
  const { status } = await httpsExchange({ endpoint, method: 'GET', path: '/', headers: {}, plain: true });
  expect((probe as RequestProbe).expected.status).not.toContain(status);
});
