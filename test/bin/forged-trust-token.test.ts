import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalClient } from '../../local/client';
import { startLocalGateway } from '../../local/start';

const FORGED = 'forged-by-the-caller';
const scratch = mkdtempSync(join(tmpdir(), 'forged-'));
const strong = join(scratch, 'strong');

/** Layers that keep a caller's own trust token from a service, each as the text that takes it away from a synthesized file. */
const LAYERS = {
  'web ACL rule': { file: /\.template\.json$/, from: /"Name": "txn-token"/g, to: '"Name": "txn-tokem"' },
  'authorizer check': { file: /index\.js$/, from: /"Txn-Token"/g, to: '"Txn-Tokem"' },
  'header mapping': { file: /^asset\..*\.json$/, from: /"integration\.request\.header\.Txn-Token":"context\.authorizer\.trustToken",/g, to: '' },
} as const;
type Layer = keyof typeof LAYERS;

const seen: (string | undefined)[] = [];
let backend: Server;

beforeAll(async () => {
  const { status, stderr } = spawnSync(process.execPath, ['dist/bin/reference.js'], { env: { ...process.env, CDK_OUTDIR: strong, CDK_VALIDATION: 'false' }, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  backend = createServer((request, response) => {
    seen.push(request.headers['txn-token'] as string | undefined);
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => { backend.once('listening', resolve); });
}, 60_000);

afterAll(() => {
  backend.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** A copy of the assembly without some layers. */
function without(layers: readonly Layer[]): string {
  const weak = mkdtempSync(join(scratch, 'weak-'));
  cpSync(strong, weak, { recursive: true });
  const files = (readdirSync(weak, { recursive: true }) as string[]).filter((file) => existsSync(join(weak, file)));
  for (const { file: pattern, from, to } of layers.map((layer) => LAYERS[layer])) {
    const changed = files.filter((file) => pattern.test(file)).filter((file) => {
      const text = readFileSync(join(weak, file), 'utf8');
      if (text.search(from) < 0) return false;
      writeFileSync(join(weak, file), text.replace(from, to));
      return true;
    });
    expect(changed.length).toBeGreaterThan(0);
  }
  return weak;
}

/** Sends a forged trust token beside a valid access token: the status, and the trust tokens that the service saw. */
async function attack(layers: readonly Layer[]): Promise<{ status: number; tokens: (string | undefined)[] }> {
  seen.length = 0;
  const { port } = backend.address() as AddressInfo;
  const gateway = await startLocalGateway({ app: without(layers), environment: 'Test', out: join(scratch, 'out'), backends: { accounts: `http://127.0.0.1:${port}` }, log: () => undefined });
  try {
    const client = new LocalClient(gateway.endpoints);
    const token = await client.token({ domain: 'public', client: 'web-bank', scopes: ['accounts:read'] });
    const { status } = await client.send('public', { path: '/accounts/accounts', token, headers: { 'Txn-Token': FORGED } });
    return { status, tokens: [...seen] };
  } finally {
    await gateway.close();
  }
}

test.each<[string, readonly Layer[]]>([
  ['with every layer', []],
  ['without the web ACL rule', ['web ACL rule']],
  ['without the authorizer check', ['authorizer check']],
])('refuses a forged trust token %s, and the service sees nothing', async (_, layers) => {
  expect(await attack(layers)).toEqual({ status: 403, tokens: [] });
}, 60_000);

test('overwrites a forged trust token that neither web ACL nor authorizer stopped', async () => {
  const { status, tokens } = await attack(['web ACL rule', 'authorizer check']);
  expect(status).toBe(200);
  expect(tokens).toEqual([expect.stringMatching(/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/)]);
}, 60_000);

test('hands a forged trust token to the service once all three layers are gone', async () => {
  expect(await attack(['web ACL rule', 'authorizer check', 'header mapping'])).toEqual({ status: 200, tokens: [FORGED] });
}, 60_000);
