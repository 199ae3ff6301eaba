import { request as send, type IncomingHttpHeaders } from 'node:http';
import { SECURITY_HEADERS } from '../../lib/contract/security-headers';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { nodeHttpTrustToken, type TrustedRequest } from '../../service/node-http-trust-token';
import { TrustTokenVerifier, type TrustTokenVerifierOptions } from '../../service/trust-token-verifier';
import { httpServer } from '../lambda/fixtures/loopback-server';
import { CLAIMS, NOW, OPTIONS, trustToken } from './trust-token';

async function answer(headers: Record<string, string | string[]>, options: Partial<TrustTokenVerifierOptions> = {}) {
  const middleware = nodeHttpTrustToken(new TrustTokenVerifier({ ...OPTIONS, ...options }));
  const server = await httpServer((request: TrustedRequest, response) => {
    middleware(request, response, (error) => response.writeHead(error === undefined ? 200 : 500).end(request.trustToken?.sub));
  });
  const received = await new Promise<{ status?: number; type?: string; headers: IncomingHttpHeaders; body: string }>((resolve) => {
    send(server.url, { headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      response.on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'], headers: response.headers, body }));
    }).end();
  });
  await server.close();
  return received;
}

test('sets the claims of an acceptable token', async () => {
  expect(await answer({ 'Txn-Token': trustToken() })).toMatchObject({ status: 200, type: undefined, body: 'user-1' });
});

test('marks answers where the API has a marking', async () => {
  const classified = await answer({ 'Txn-Token': trustToken({ tctx: { ...CLAIMS.tctx, classification: 'PROTECTED' } }) });
  expect(classified.headers['x-protective-marking']).toBe('VER=2018.6, NS=gov.au, SEC=PROTECTED');
  expect((await answer({ 'Txn-Token': trustToken() })).headers).not.toHaveProperty('x-protective-marking');
});

test.each(Object.entries(SECURITY_HEADERS))('answers with %s, allowed or refused', async (name, value) => {
  expect((await answer({ 'Txn-Token': trustToken() })).headers[name.toLowerCase()]).toBe(value);
  expect((await answer({})).headers[name.toLowerCase()]).toBe(value);
});

test('tells the caller where it stands, where the trust token says so', async () => {
  const token = trustToken({ tctx: { ...CLAIMS.tctx, rate_limit: { limit: 60, remaining: 59, reset: NOW + 60 } } });
  expect((await answer({ 'Txn-Token': token })).headers).toMatchObject({ 'x-rate-limit-limit': '60', 'x-rate-limit-remaining': '59', 'x-rate-limit-reset': `${NOW + 60}` });
  expect((await answer({ 'Txn-Token': trustToken(), 'x-rate-limit-limit': '1' })).headers).not.toHaveProperty('x-rate-limit-limit');
});

test.each<[string, Record<string, string | string[]>, number]>([
  ['no token', {}, 401],
  ['two tokens', { 'Txn-Token': [trustToken(), trustToken()] }, 401],
  ['a token in the Authorization header', { authorization: `Bearer ${trustToken()}` }, 401],
  ['an expired token', { 'Txn-Token': trustToken({ exp: NOW }) }, 401],
  ['a token of another method', { 'Txn-Token': trustToken({ tctx: { ...CLAIMS.tctx, method: 'DELETE' } }) }, 403],
  ['a token of another group', { 'Txn-Token': trustToken({ tctx: { ...CLAIMS.tctx, group: 'payments' } }) }, 403],
])('refuses %s', async (_title, headers, status) => {
  expect(await answer(headers)).toMatchObject({ status, type: 'application/problem+json', body: expect.stringContaining('"title"') });
});

test('answers 503 while the keys cannot be read, and passes on what it does not understand', async () => {
  const failing = (error: Error) => ({ keys: { key: () => Promise.reject(error) } });
  expect(await answer({ 'Txn-Token': trustToken() }, failing(new DependencyFailure('gateway', 'down')))).toMatchObject({ status: 503 });
  expect(await answer({ 'Txn-Token': trustToken() }, failing(new Error('unexpected')))).toMatchObject({ status: 500 });
});

test.each([['an acceptable token', trustToken(), {}], ['a token it refuses', trustToken({ exp: NOW }), {}], ['keys that cannot be read', trustToken(), { keys: { key: () => Promise.reject(new DependencyFailure('gateway', 'down')) } }]])('survives %s that is judged after a timeout answered', async (_title, token, options) => {
  const thrown: unknown[] = [];
  const note = (error: unknown): void => { thrown.push(error); };
  process.on('unhandledRejection', note);
  let judged: () => void;
  const late = new Promise<void>((resolve) => { judged = resolve; });
  let passedOn = false;
  const verifier = new TrustTokenVerifier({ ...OPTIONS, ...options });
  const slow = { verify: async (sent: string) => { await late; return verifier.verify(sent); } } as TrustTokenVerifier;
  const server = await httpServer((request: TrustedRequest, response) => {
    nodeHttpTrustToken(slow)(request, response, () => { passedOn = true; });
    response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => { send(server.url, { headers: { 'Txn-Token': token }, agent: false }, (response) => response.resume().on('end', resolve)).end(); });
  judged!();
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  process.off('unhandledRejection', note);
  await server.close();
  expect({ thrown, passedOn }).toEqual({ thrown: [], passedOn: false });
});
