import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import express from 'express';
import * as service from '../../../service';
import { SCHEMA_FEATURES } from '../../lib/gateway/schema-features';
import { CLAIMS, OPTIONS, trustToken } from '../trust-token';

const GUIDE = readFileSync('docs/guides/validate-bodies.md', 'utf8');
const shown = (language: string): string => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(GUIDE)?.[1] ?? '';

const DOCUMENT = `openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders:
    post:
      operationId: placeOrder
      requestBody: { content: { application/json: { schema: { type: object, properties: { on: { type: string, format: date } } } } } }
      responses: { '200': { description: Placed } }
`;
const TOKEN = trustToken({ tctx: { ...CLAIMS.tctx, service: 'orders', operation: 'placeOrder', method: 'POST', resource: '/orders' } });

test('refuses a body by the command and the code that it shows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guide-'));
  try {
    writeFileSync(join(folder, 'openapi.yaml'), DOCUMENT);
    const [npx, name, ...args] = shown('sh').trim().split(' ');
    expect([npx, name]).toEqual(['npx', 'cdk-api-security']);
    execFileSync(process.execPath, [resolve('dist/bin/cdk-api-security.js'), ...args], { cwd: folder });
    const known = { express, verifier: new service.TrustTokenVerifier(OPTIONS), ...service, require: (file: string) => jest.requireActual<object>(join(folder, file)) };
    const app = (new Function(...Object.keys(known), `${shown('js')}; return app;`) as (...values: unknown[]) => express.Express)(...Object.values(known));
    const server = app.listen(0, '127.0.0.1');
    await new Promise((listening) => { server.once('listening', listening); });
    const posted = (body: object): Promise<string> => new Promise((answered, failed) => {
      request({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, path: '/orders', method: 'POST', agent: false, headers: { 'Txn-Token': TOKEN, 'Content-Type': 'application/json' } }, (response) => {
        response.setEncoding('utf8').on('data', (text: string) => answered(`${response.statusCode} ${text}`));
      }).on('error', failed).end(JSON.stringify(body));
    });
    expect(await posted({ on: '2027-01-31' })).toBe('200 {"accepted":{"on":"2027-01-31"}}');
    expect(await posted({ on: '2027-02-31' })).toBe('400 {"status":400,"title":"Bad Request","detail":"The request does not satisfy the API description."}');
    await new Promise((closed) => { server.close(closed); });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('says of every feature who enforces it, as tested', () => {
  const rows = [...GUIDE.matchAll(/^\| (.+) \| (gateway|service|nobody) \|$/gm)].map(([, feature, enforcer]) => [feature, enforcer]);
  expect(rows).toEqual(SCHEMA_FEATURES.map(({ feature, enforcedBy }) => [feature, enforcedBy]));
});

test('shows the code that the reference deployment runs', () => {
  expect(readFileSync('bin/reference/backends/bank-batches/index.ts', 'utf8')).toContain(shown('ts').trim());
});
