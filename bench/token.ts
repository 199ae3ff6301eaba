import { execFileSync } from 'child_process';
import { existsSync } from 'fs';
import { join } from 'path';
import { bundled } from './bundled';
import { median } from './measurement';
import { atLeast, Result } from './result';

/** What is held against raw node:crypto: by contest, how much of its speed has to be left. */
const GOALS: Readonly<Record<string, number>> = {
  'RS256 to ES256': 0.70, 'ES256 to ES256': 0.75, 'EdDSA to ES256': 0.80, 'PS256 to ES256': 0.70, 'whole warm handler': 0.45,
};
const RUNS = 2;
const RAW = 'node:crypto';
const PATTERN = 'this pattern';

/** Median seconds of each subject, by its name. */
type Seconds = Readonly<Record<string, number>>;

interface Measured {
  readonly name: string;
  readonly seconds: Seconds;
}

/** The release of the handlers, and the one before it, as the workspaces in `tools` install them. */
const RELEASES = ['node_modules', 'tools/node24/node_modules', 'tools/older-node/node_modules'];

/**
 * An access token exchanged for a trust token, and the whole warm handler, beside raw node:crypto with parsed keys and beside libraries.
 *
 * Each contest with each peer runs in a process of its own, because a deployed handler meets one issuer, one algorithm and one library,
 * and what several use differently slows them all: on the Node.js release of the handlers, on the one before, and on those that
 * `BENCH_NODES` names (paths, separated by colons). Releases take turns, and of each subject the run in the middle counts, by what it
 * leaves of the raw speed measured in the same process.
 */
export function tokenPath(): Result[] {
  const script = bundled('token/run.ts', { packages: 'external' });
  const nodes = [...releases()].sort(([one], [other]) => one.localeCompare(other));
  const ran = (node: string, ...names: string[]) => JSON.parse(execFileSync(node, [script, ...names], { encoding: 'utf8' })) as unknown;
  const contests = ran(process.execPath) as { readonly name: string; readonly peers: readonly string[] }[];
  const runs = Array.from({ length: RUNS }, () => nodes.map(([, node]) => contests.map(({ name, peers }) => peers.map((peer) => ran(node, name, peer) as Seconds))));
  return nodes.flatMap(([version], index) => {
    const measured = contests.map(({ name }, contest) => middle(name, runs.flatMap((run) => run[index]![contest]!)));
    process.stdout.write(`\n${version}, part of the speed of raw node:crypto\n${measured.map(row).join('\n')}\n`);
    return measured.flatMap((contest) => results(contest, version));
  });
}

/** Executables by the release that each is, one of a release. */
function releases(): Map<string, string> {
  const installed = RELEASES.map((folder) => join(folder, `node-${process.platform}-${process.arch}`, 'bin', 'node')).filter((path) => existsSync(path));
  const nodes = [...(process.env.BENCH_NODES ?? '').split(':').filter(Boolean), ...installed];
  const named = (nodes.length > 0 ? nodes : [process.execPath]).map((node) => [execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().replace(/^v(\d+).*/, 'Node $1'), node] as const);
  return new Map(named.reverse());
}

/** What each subject takes in the middle one of several processes, in units of the raw one. */
function middle(name: string, processes: readonly Seconds[]): Measured {
  const raw = median(processes.map((seconds) => seconds[RAW] ?? Number.NaN));
  const subjects = [...new Set(processes.flatMap((seconds) => Object.keys(seconds)))];
  const relative = (subject: string) => median(processes.flatMap((seconds) => (subject in seconds ? [(seconds[subject] ?? Number.NaN) / (seconds[RAW] ?? Number.NaN)] : [])));
  return { name, seconds: Object.fromEntries(subjects.map((subject) => [subject, raw * relative(subject)])) };
}

function results({ name, seconds }: Measured, version: string): Result[] {
  const ours = seconds[PATTERN] ?? Number.NaN;
  const fastest = Math.min(...Object.entries(seconds).filter(([subject]) => subject !== RAW && subject !== PATTERN).map(([, time]) => time));
  const held = atLeast(`${name}, ${version}`, (seconds[RAW] ?? Number.NaN) / ours, GOALS[name] ?? Number.NaN, seconds);
  // Though peers do fewer checks.
  return [held, atLeast(`${name} / fastest peer, ${version}`, fastest / ours, 1, seconds)];
}

function row({ name, seconds }: Measured): string {
  const raw = seconds[RAW] ?? Number.NaN;
  const cells = Object.entries(seconds).map(([subject, time]) => `  ${subject.padEnd(30)} ${(raw / time).toFixed(2)}  ${(time * 1e6).toFixed(1).padStart(6)} µs`);
  return [name, ...cells].join('\n');
}
