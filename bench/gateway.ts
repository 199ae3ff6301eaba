import { execFileSync, fork, spawn, spawnSync, type ChildProcess } from 'child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'fs';
import { join } from 'path';
import { bundled } from './bundled';
import { load, type Load, type Target } from './gateway/load';
import { residentMemory } from './gateway/resident-memory';
import { median } from './measurement';
import { atLeast, atMost, Result } from './result';

const COMMAND = join(__dirname, '..', 'bin', 'cdk-api-security.js');
const FOLDER = join('out', 'bench', 'gateway-run');
const READY = join(FOLDER, 'ready.json');
const PATH = '/things/1';
const [ROUNDS, ROUND_SECONDS, CONNECTIONS] = [5, 6, 32];
const [SOAK_SECONDS, SOAK_CONNECTIONS] = [60, 500];
const GATEWAY = 'local gateway';
const BARE = 'bare TLS reverse proxy';

/**
 * The local gateway with everything that it checks, beside a TLS reverse proxy in Node.js that checks nothing: the same backend,
 * load generator and run, in turns. Then 500 connections for a minute: what is lost, and whether memory grows.
 */
export async function gateway(): Promise<Result[]> {
  const processes: ChildProcess[] = [];
  const started = (child: ChildProcess): ChildProcess => processes[processes.push(child) - 1]!;
  try {
    const backend = await listening(started(fork(bundled('gateway/backend.ts'))));
    const local = started(await startedGateway(backend));
    const target = gatewayTarget();
    const bare = { ...target, port: await listening(started(fork(bundled('gateway/bare-proxy.ts'), [`${backend}`, target.hostName]))) };
    return [...await compared({ [GATEWAY]: target, [BARE]: bare }), ...await soaked(local.pid ?? 0)];
  } finally {
    for (const child of processes.reverse()) child.kill();
  }
}

/** Requests a second, the middle round of each: rounds run to and fro, so that neither always follows the other. */
async function compared(targets: Readonly<Record<string, Target>>): Promise<Result[]> {
  const rounds: Record<string, Load[]> = Object.fromEntries(Object.keys(targets).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    const names = Object.keys(targets);
    for (const name of round % 2 === 0 ? names : names.reverse()) {
      const one = await load(targets[name]!, CONNECTIONS, round === 0 ? 2 : ROUND_SECONDS);
      if (one.lost > 0) throw new Error(`${name} lost ${one.lost} of ${one.requests} requests`);
      // The first round warms processes and connections and is not counted.
      if (round > 0) rounds[name]!.push(one);
    }
  }
  const perSecond = (name: string): number => median(rounds[name]!.map(({ requestsPerSecond }) => requestsPerSecond));
  process.stdout.write(`\n${Object.entries(rounds).map(([name, loads]) => `  ${name.padEnd(24)} ${perSecond(name).toFixed(0).padStart(6)} requests/s  p50 ${median(loads.map((one) => one.median))} ms  p99 ${median(loads.map((one) => one.percentile99))} ms`).join('\n')}\n`);
  const seconds = Object.fromEntries(Object.keys(targets).map((name) => [name, 1 / perSecond(name)]));
  return [atLeast('gateway / bare TLS reverse proxy, requests/s', perSecond(GATEWAY) / perSecond(BARE), 0.3, seconds)];
}

/** Many connections for a minute; memory of the gateway and all its functions, every second. */
async function soaked(pid: number): Promise<Result[]> {
  const bytes: number[] = [];
  const sampling = setInterval(() => bytes.push(residentMemory(pid)), 1000);
  const soak = await load(gatewayTarget(), SOAK_CONNECTIONS, SOAK_SECONDS);
  clearInterval(sampling);
  // The first third is start-up: connections, caches and heaps that grow to their size.
  const steady = bytes.slice(Math.floor(bytes.length / 3));
  const [earlier, later] = [steady.slice(0, steady.length / 2), steady.slice(steady.length / 2)].map(median) as [number, number];
  const megabytes = Object.fromEntries(bytes.flatMap((value, index) => index % 10 === 9 ? [[`megabytes after ${index + 1} s`, value / 1e6]] : []));
  process.stdout.write(`  ${SOAK_CONNECTIONS} connections, ${SOAK_SECONDS} s: ${soak.requests} requests, ${soak.lost} lost, p99 ${soak.percentile99} ms; ${Object.values(megabytes).map((value) => value.toFixed(0)).join(', ')} MB\n`);
  return [
    atMost(`requests lost of ${SOAK_CONNECTIONS} connections in ${SOAK_SECONDS} s`, soak.lost, 0, { requests: soak.requests, lost: soak.lost }),
    atMost('memory of that minute, later / earlier half', later / earlier, 1.15, megabytes),
  ];
}

/** Synthesizes the app of this benchmark and starts the command that users start. */
async function startedGateway(backend: number): Promise<ChildProcess> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const assembly = join(FOLDER, 'cdk.out');
  const { status, stderr } = spawnSync(process.execPath, [join(__dirname, 'apps', 'gateway.js')], { env: { ...process.env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`synthesis failed: ${stderr.slice(-2000)}`);
  const child = spawn(process.execPath, [COMMAND, 'start', '--app', assembly, '--out', FOLDER, '--ready-file', READY, '--backend', `things=http://127.0.0.1:${backend}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (let waited = 0; !existsSync(READY); waited += 100) {
    if (waited > 60_000 || child.exitCode !== null) throw new Error('the local gateway did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return child;
}

function gatewayTarget(): Target {
  const token = execFileSync(process.execPath, [COMMAND, 'token', '--ready-file', READY, '--domain', 'public', '--client', 'web'], { encoding: 'utf8' }).trim();
  const { domains } = JSON.parse(readFileSync(READY, 'utf8')) as { domains: { public: { port: number; hostName: string } } };
  return { port: domains.public.port, hostName: domains.public.hostName, path: PATH, token };
}

function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', ({ port }: { port: number }) => resolve(port));
    child.once('exit', (code) => reject(new Error(`a process of the benchmark ended with ${code}`)));
  });
}
