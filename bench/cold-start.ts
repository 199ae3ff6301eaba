import { fork, spawnSync } from 'child_process';
import { copyFileSync, mkdirSync, statSync, writeFileSync } from 'fs';
import { builtinModules } from 'module';
import { dirname, join } from 'path';
import { bundled } from './bundled';
import type { FirstCall } from './cold-start/first-call';
import type { Surroundings } from './cold-start/servers';
import { median } from './measurement';
import { atMost, Result } from './result';

const AUTHORIZER = join(__dirname, '..', 'handlers', 'authorizer', 'index.js');
const ROUNDS = 15;

/** Handlers that do the same work, and where their bundle comes from. */
const PEERS: Readonly<Record<string, string>> = { 'jose + SDK': 'jose-sdk', 'jose + SDK + Powertools': 'jose-sdk-powertools', 'jose + SDK + Powertools + middy': 'jose-sdk-middy' };

/** A handler in a folder of its own, as it is deployed. */
interface Deployed {
  readonly name: string;
  readonly folder: string;
}

/** From an empty process to the first answer: init, keys and signing key read over TLS from this machine, one token exchanged. */
export async function coldStart(): Promise<Result[]> {
  const servers = fork(bundled('cold-start/servers.ts'));
  try {
    const surroundings = await new Promise<Surroundings>((resolve) => servers.once('message', (message) => resolve(message as Surroundings)));
    return measured(surroundings);
  } finally {
    servers.kill();
  }
}

function measured(surroundings: Surroundings): Result[] {
  const script = bundled('cold-start/first-call.ts');
  const folder = dirname(script);
  const ours = deployed('this pattern', AUTHORIZER, folder, surroundings);
  const peers = Object.entries(PEERS).map(([name, source]) => deployed(name, bundled(`cold-start/${source}.mts`), folder, surroundings));
  const calls = new Map<string, FirstCall[]>([ours, ...peers].map(({ name }) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const handler of [ours, ...peers]) {
      const call = firstCall(script, handler, surroundings);
      // The first round warms the file cache and is not counted.
      if (round > 0) calls.get(handler.name)?.push(call);
    }
  }
  const seconds = Object.fromEntries([...calls].map(([name, all]) => [name, median(all.map(({ milliseconds }) => milliseconds)) / 1000]));
  process.stdout.write(`\n${[ours, ...peers].map((handler) => row(handler, seconds, calls.get(handler.name)?.[0])).join('\n')}\n`);
  const [peer = ''] = Object.keys(PEERS);
  return [atMost('cold start / jose + SDK', (seconds[ours.name] ?? Number.NaN) / (seconds[peer] ?? Number.NaN), 0.5, seconds)];
}

function deployed(name: string, bundle: string, parent: string, { ca, configuration, event }: Surroundings): Deployed {
  const folder = join(parent, 'deployed', name.replace(/\W+/g, '-'));
  mkdirSync(folder, { recursive: true });
  copyFileSync(bundle, join(folder, 'index.js'));
  writeFileSync(join(folder, 'configuration.json'), JSON.stringify(configuration));
  writeFileSync(join(folder, 'event.json'), JSON.stringify(event));
  writeFileSync(join(folder, 'ca.pem'), ca);
  return { name, folder };
}

function firstCall(script: string, { name, folder }: Deployed, { environment }: Surroundings): FirstCall {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder], { env: { ...environment, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} failed: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as FirstCall;
}

/** One line a handler, and the public modules of Node.js that it loads. */
function row({ name, folder }: Deployed, seconds: Readonly<Record<string, number>>, call?: FirstCall): string {
  const modules = call?.modules ?? [];
  const publicModules = builtinModules.filter((module) => !module.startsWith('_') && modules.includes(module));
  const kilobytes = statSync(join(folder, 'index.js')).size / 1024;
  return [
    `${name.padEnd(34)} ${((seconds[name] ?? Number.NaN) * 1000).toFixed(0).padStart(4)} ms  ${kilobytes.toFixed(0).padStart(4)} KB  ${String(modules.length).padStart(3)} modules of Node.js`,
    `  ${publicModules.join(' ')}`,
  ].join('\n');
}
