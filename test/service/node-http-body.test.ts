import { request as send } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import express from 'express';
import fastify from 'fastify';
import { BodyInspection } from '../../service/threat/body-inspection';
import { nodeHttpTrustToken, type TrustedRequest } from '../../service/node-http-trust-token';
import { TrustTokenVerifier } from '../../service/trust-token-verifier';
import { httpServer } from '../lambda/fixtures/loopback-server';
import { CLAIMS, OPTIONS, trustToken } from './trust-token';

const HEADERS = { 'Txn-Token': trustToken({ tctx: { ...CLAIMS.tctx, method: 'POST' } }), 'Content-Type': 'application/json' };
const middleware = nodeHttpTrustToken(new TrustTokenVerifier(OPTIONS), { bodies: new BodyInspection({ json: { bodyBytes: 100_000, textBytes: 90_000 } }) });

/** A request whose body goes out in chunks, so that its length is not known, or in one piece. */
function posted(url: string, chunks: readonly string[], headers: Record<string, string> = {}): Promise<{ status?: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = send(url, { method: 'POST', headers: { ...HEADERS, ...headers }, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    request.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve({ status: 0, body: '' }) : reject(error));
    for (const chunk of chunks) request.write(chunk);
    request.end();
  });
}

const SOUND = ['{"name":"', 'x'.repeat(80_000), '"}'];
const CASES: [string, readonly string[], Record<string, string>, number][] = [
  ['a sound body', SOUND, {}, 200],
  ['a sound body of a known length', SOUND, { 'Content-Length': String(SOUND.join('').length) }, 200],
  ['no body', [], {}, 200],
  ['a member that is there twice', ['{"a":1,', '"a":2}'], {}, 400],
  ['a document type', ['<!DOCTYPE a><a/>'], { 'Content-Type': 'text/xml' }, 400],
  ['two types', ['{}'], { 'Content-Type': 'application/json, text/csv' }, 400],
];

async function onNodeHttp(chunks: readonly string[], headers: Record<string, string>) {
  const server = await httpServer((request: TrustedRequest, response) => {
    middleware(request, response, () => {
      let read = '';
      request.on('data', (chunk: Buffer) => { read += chunk.toString(); });
      request.on('end', () => response.end(JSON.stringify({ read: read.length, inspected: request.inspectedBody !== undefined })));
    });
  });
  const answer = await posted(server.url, chunks, headers);
  await server.close();
  return answer;
}

test.each(CASES)('inspects %s in front of node:http, which reads it again', async (_name, chunks, headers, status) => {
  const { status: answered, body } = await onNodeHttp(chunks, headers);
  expect(answered).toBe(status);
  if (status === 200) expect(JSON.parse(body)).toEqual({ read: chunks.join('').length, inspected: chunks.length > 0 });
});

test.each(CASES)('inspects %s in front of Express, whose parser reads it again', async (_name, chunks, headers, status) => {
  const app = express().use(middleware).use(express.json({ limit: '1mb' })).post('/', (request, response) => { response.json({ read: (request.body as { name?: string } | undefined)?.name?.length ?? 0 }); });
  const server = await httpServer(app);
  const { status: answered, body } = await posted(server.url, chunks, headers);
  await server.close();
  expect(answered).toBe(status);
  if (status === 200) expect(JSON.parse(body)).toEqual({ read: chunks.length > 0 ? 80_000 : 0 });
});

test.each(CASES.filter(([name]) => name !== 'no body'))('inspects %s in front of Fastify, whose parser reads it again', async (_name, chunks, headers, status) => {
  const app = fastify();
  app.addHook('onRequest', (request, reply, done) => middleware(request.raw, reply.raw, done as () => void));
  app.post('/', (request) => ({ read: (request.body as { name: string }).name.length }));
  const { status: answered, body } = await posted(await app.listen(), chunks, headers);
  await app.close();
  expect(answered).toBe(status);
  if (status === 200) expect(JSON.parse(body)).toEqual({ read: 80_000 });
});

test('stops reading a body that goes on beyond its limit', async () => {
  const endless = Array.from({ length: 200 }, () => 'x'.repeat(10_000));
  expect([413, 0]).toContain((await onNodeHttp(['"', ...endless], {})).status);
  expect([413, 0]).toContain((await onNodeHttp(['"', ...endless], { 'Content-Length': '2000001' })).status);
});

test('fails where the body was read before', async () => {
  const errors: unknown[] = [];
  const app = express().use(express.json()).use(middleware).use((error: Error, _request: express.Request, response: express.Response, _next: express.NextFunction) => { errors.push(error.message); response.status(500).end(); });
  const server = await httpServer(app);
  expect((await posted(server.url, ['{"a":1,"a":2}'])).status).toBe(500);
  await server.close();
  expect(errors).toEqual([expect.stringContaining('was read already')]);
});

// In UTF-7 the text says "role" twice.
const TWO_ROLES = '{"role":"user+ACIALAAi-role+ACI-:+ACI-admin"}';

test.each([
  ['in a structured syntax of a structured syntax', 'application/a+b+json', '{"role":"user","role":"admin"}', {}],
  ['without a type', '', '{"role":"user","role":"admin"}', {}],
  ['in an encoding that is written in quotes', 'application/json; charset="utf-7 "', TWO_ROLES, {}],
  ['in the second one of two encodings', 'application/json; charset=utf-8; charset=utf-7', TWO_ROLES, {}],
  ['in an encoding behind a quoted one', 'application/json; x="; charset=utf-8"; charset=utf-7', TWO_ROLES, {}],
  ['in a compression that the parser undoes', 'application/json', '{"role":"user"}', { 'Content-Encoding': 'br' }],
])('lets no body past it to Express %s', async (_name, type, body, headers) => {
  const roles: unknown[] = [];
  const app = express().use(middleware).use(express.json({ type: ({ headers: { 'content-type': type = '' } }) => type === '' || /[/+]json(;|$)/.test(type) }))
    .post('/', (request, response) => { roles.push((request.body as { role?: string } | undefined)?.role); response.end(); });
  const server = await httpServer(app);
  const { status } = await posted(server.url, [body], { ...headers, 'Content-Type': type });
  await server.close();
  expect({ status, roles }).toEqual({ status: 400, roles: [] });
});

test.each([
  ['a JSON body', '['.repeat(20_000), {}],
  ['an XML body', `${'<a>'.repeat(7_000)}<`, { 'Content-Type': 'text/xml' }],
])('refuses %s before the rest of it has come', async (_name, beginning, headers) => {
  const server = await httpServer((request: TrustedRequest, response) => middleware(request, response, () => response.end('handled')));
  // Its end never comes: who waits for it waits forever.
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    const request = send(server.url, { method: 'POST', headers: { ...HEADERS, ...headers }, agent: false }, (response) => { resolve(response.statusCode); });
    request.on('error', reject);
    request.write(beginning);
    setTimeout(() => request.destroy(new Error('nobody answers')), 3000).unref();
  });
  await server.close();
  expect(answer).toBe(400);
});

test('answers who sends all of a hostile body before reading', async () => {
  const server = await httpServer((request: TrustedRequest, response) => middleware(request, response, () => response.end('handled')));
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').pause();
  const broken: Error[] = [];
  socket.on('error', (error) => broken.push(error));
  const piece = '['.repeat(10_000);
  socket.write(`POST / HTTP/1.1\r\nHost: a\r\n${Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}\r\n`).join('')}Content-Length: ${9 * piece.length}\r\n\r\n`);
  for (let sent = 0; sent < 9; sent += 1) {
    socket.write(piece);
    await passed(5);
  }
  const answer = await new Promise<string>((resolve) => { socket.on('data', (data: Buffer) => { resolve(data.toString()); }).on('close', () => { resolve(`broken: ${String(broken[0])}`); }).resume(); });
  socket.destroy();
  await server.close();
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
});
