import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fastify from 'fastify';
import { SECURITY_HEADERS } from '../../lib/contract/security-headers';
import { nodeHttpTrustToken, type TrustedRequest } from '../../service/node-http-trust-token';
import { TrustTokenVerifier } from '../../service/trust-token-verifier';
import { OPTIONS, trustToken } from './trust-token';

interface Framework {
  readonly url: string;
  close(): Promise<void>;
}

const trusted = nodeHttpTrustToken(new TrustTokenVerifier(OPTIONS));

const FRAMEWORKS: readonly (readonly [string, () => Promise<Framework>])[] = [
  ['Express', () => new Promise((resolve) => {
    const app = express();
    app.use(trusted);
    app.get('/accounts/42', (request, response) => { response.json({ owner: (request as TrustedRequest).trustToken?.sub }); });
    const server = app.listen(0, '127.0.0.1', () => resolve({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: () => new Promise((closed) => { server.close(() => closed()); }),
    }));
  })],
  ['Fastify', async () => {
    const app = fastify();
    app.addHook('onRequest', (request, reply, done) => trusted(request.raw, reply.raw, done as (error?: unknown) => void));
    app.get('/accounts/42', async (request) => ({ owner: (request.raw as TrustedRequest).trustToken?.sub }));
    return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
  }],
];

async function answer(start: () => Promise<Framework>, headers: Record<string, string>) {
  const { url, close } = await start();
  const received = await new Promise<{ status?: number; type?: string; headers: object; body: string }>((resolve, reject) => {
    get(`${url}/accounts/42`, { headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      response.on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'], headers: response.headers, body }));
    }).on('error', reject);
  });
  await close();
  return received;
}

const LOWER_CASE_SECURITY_HEADERS = Object.fromEntries(Object.entries(SECURITY_HEADERS).map(([name, value]) => [name.toLowerCase(), value]));

test.each(FRAMEWORKS)('lets a trusted request through %s, and answers with the security headers', async (_name, start) => {
  const { status, headers, body } = await answer(start, { 'Txn-Token': trustToken() });
  expect({ status, body }).toEqual({ status: 200, body: '{"owner":"user-1"}' });
  expect(headers).toMatchObject(LOWER_CASE_SECURITY_HEADERS);
});

test.each(FRAMEWORKS)('refuses a request without a token before a handler of %s runs', async (_name, start) => {
  const { status, type, headers, body } = await answer(start, {});
  expect({ status, type }).toEqual({ status: 401, type: 'application/problem+json' });
  expect(headers).toMatchObject(LOWER_CASE_SECURITY_HEADERS);
  expect(body).not.toContain('owner');
});
