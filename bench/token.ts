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
const RUNS = 3;
const RAW = 'node:crypto';
const PATTERN = 'this pattern';

interface Measured {
  readonly name: string;
  readonly seconds: Readonly<Record<string, number>>;
}

/** The release of the handlers, and the one before it, as the workspaces in `tools` install them. */
const RELEASES = ['node_modules', 'tools/node24/node_modules', 'tools/older-node/node_modules'];

/**
 * An access token exchanged for a trust token, and the whole warm handler, beside raw node:crypto with parsed keys and beside libraries.
 *
 * Each contest runs in processes of its own, because a deployed handler meets one issuer and one algorithm: on the Node.js release of
 * the handlers, on the one before, and on those that `BENCH_NODES` names (paths, separated by colons). Releases take turns, and of
 * each subject the run in the middle counts, by what it leaves of the raw speed measured in the same run.
 */
export function tokenPath(): Result[] {
  const script = bundled('token/run.ts', { packages: 'external' });
  const nodes = [...releases()].sort(([one], [other]) => one.localeCompare(other));
  const runs = Array.from({ length: RUNS }, () => nodes.map(([, node]) => Object.keys(GOALS).map((name) => JSON.parse(execFileSync(node, [script, name], { encoding: 'utf8' })) as Measured)));
  return nodes.flatMap(([version], index) => {
    const contests = Object.keys(GOALS).map((name, contest) => middle(name, runs.map((run) => run[index]![contest]!)));
    process.stdout.write(`\n${version}, part of the speed of raw node:crypto\n${contests.map(row).join('\n')}\n`);
    return contests.flatMap((contest) => results(contest, version));
  });
}

/** Executables by the release that each is, one of a release. */
function releases(): Map<string, string> {
  const installed = RELEASES.map((folder) => join(folder, `node-${process.platform}-${process.arch}`, 'bin', 'node')).filter((path) => existsSync(path));
  const nodes = [...(process.env.BENCH_NODES ?? '').split(':').filter(Boolean), ...installed];
  const named = (nodes.length > 0 ? nodes : [process.execPath]).map((node) => [execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().replace(/^v(\d+).*/, 'Node $1'), node] as const);
  return new Map(named.reverse());
}

/** What each subject takes in the middle one of several runs, in units of the raw one. */
function middle(name: string, runs: readonly Measured[]): Measured {
  const raw = median(runs.map(({ seconds }) => seconds[RAW] ?? Number.NaN));
  const subjects = Object.keys(runs[0]?.seconds ?? {});
  return { name, seconds: Object.fromEntries(subjects.map((subject) => [subject, raw * median(runs.map(({ seconds }) => (seconds[subject] ?? Number.NaN) / (seconds[RAW] ?? Number.NaN)))])) };
}

function results({ name, seconds }: Measured, version: string): Result[] {
  const ours = seconds[PATTERN] ?? Number.NaN;
  const fastest = Math.min(...Object.entries(seconds).filter(([subject]) => subject !== RAW && subject !== PATTERN).map(([, time]) => time));
  const held = atLeast(`${name}, ${version}`, (seconds[RAW] ?? Number.NaN) / ours, GOALS[name] ?? Number.NaN, seconds);
  // Peers do fewer checks, so that ahead of them is asked of what users wait for: the whole handler.
  return name === 'whole warm handler' ? [held, atLeast(`${name} / fastest peer, ${version}`, fastest / ours, 1, seconds)] : [held];
}

function row({ name, seconds }: Measured): string {
  const raw = seconds[RAW] ?? Number.NaN;
  const cells = Object.entries(seconds).map(([subject, time]) => `  ${subject.padEnd(30)} ${(raw / time).toFixed(2)}  ${(time * 1e6).toFixed(1).padStart(6)} µs`);
  return [name, ...cells].join('\n');
}
