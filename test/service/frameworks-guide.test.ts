import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import fastify from 'fastify';
import * as service from '../../service';
import { CLAIMS, OPTIONS, trustToken } from './trust-token';

const GUIDE = readFileSync(join(__dirname, '../../docs/guides/verify-a-trust-token.md'), 'utf8');
const TOKEN = trustToken({ tctx: { ...CLAIMS.tctx, method: 'POST' } });

/** The app that the guide shows for a framework, as it stands there or without its error handler. */
function shown(framework: string, change = (script: string) => script): unknown {
  const [, script = ''] = new RegExp(`\`\`\`js\\n// ${framework}[^\\n]*\\n([\\s\\S]*?)\`\`\``).exec(GUIDE) ?? [];
  const known = { express, fastify, verifier: new service.TrustTokenVerifier(OPTIONS), ...service };
  return (new Function(...Object.keys(known), `${change(script)}; return app;`) as (...values: unknown[]) => unknown)(...Object.values(known));
}

type ExpressApp = ReturnType<typeof express>;
type FastifyApp = ReturnType<typeof fastify>;

const FRAMEWORKS: readonly (readonly [string, (app: unknown) => Promise<{ port: number; close: () => Promise<unknown> }>])[] = [
  ['Express', (app) => new Promise((resolve) => {
    const server = (app as ExpressApp).set('env', 'test').listen(0, '127.0.0.1', () => resolve({ port: (server.address() as { port: number }).port, close: () => new Promise((closed) => server.close(closed)) }));
  })],
  ['Fastify', async (app) => {
    const { port } = new URL(await (app as FastifyApp).listen({ port: 0, host: '127.0.0.1' }));
    return { port: Number(port), close: () => (app as FastifyApp).close() };
  }],
];

async function answers(app: unknown, start: (typeof FRAMEWORKS)[number][1], bodies: readonly (readonly [type: string, body: string])[]): Promise<string[]> {
  const { port, close } = await start(app);
  const received = [];
  for (const [type, body] of bodies) {
    received.push(await new Promise<string>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/orders', method: 'POST', agent: false, headers: { 'Txn-Token': TOKEN, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) } }, (response) => {
        response.resume().on('end', () => resolve(`${response.statusCode} ${String(response.headers['content-type']).split(';')[0]} ${response.headers['x-content-type-options']}`));
      }).on('error', reject).end(body);
    }));
  }
  await close();
  return received;
}

const FORM = 'application/x-www-form-urlencoded';
const sound = '{"quantity":1}';
const twice = '{"quantity":1,"quantity":2}';

test.each(FRAMEWORKS)('answers refused bodies as problem+json with %s, by the code that it shows', async (framework, start) => {
  const bodies = [['application/json', sound], ['application/json', twice], [FORM, new URLSearchParams({ order: sound }).toString()], [FORM, new URLSearchParams({ order: twice }).toString()]] as const;
  expect(await answers(shown(framework), start, bodies)).toEqual(['200 application/json nosniff', '400 application/problem+json nosniff', '200 application/json nosniff', '400 application/problem+json nosniff']);
});

test.each(FRAMEWORKS)('would fail with %s without its error handler', async (framework, start) => {
  const unmapped = shown(framework, (script) => script.replaceAll('!(error instanceof BodyRefused)', 'true'));
  expect((await answers(unmapped, start, [[FORM, new URLSearchParams({ order: twice }).toString()]]))[0]).toMatch(/^500 /);
});
