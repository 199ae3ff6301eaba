import { execFileSync } from 'child_process';
import { bundled } from './bundled';
import { atLeast, Result } from './result';

/** What is held against raw node:crypto: by contest, how much of its speed has to be left. */
const GOALS: Readonly<Record<string, number>> = {
  'RS256 to ES256': 0.70, 'ES256 to ES256': 0.75, 'EdDSA to ES256': 0.80, 'PS256 to ES256': 0.70, 'whole warm handler': 0.45,
};
const RAW = 'node:crypto';
const PATTERN = 'this pattern';

interface Measured {
  readonly name: string;
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * An access token exchanged for a trust token, and the whole warm handler, beside raw node:crypto with parsed keys and beside libraries.
 *
 * Each contest runs in one process of its own, because a deployed handler meets one issuer and one algorithm, on this Node.js and on
 * those that `BENCH_NODES` names (paths, separated by colons).
 */
export function tokenPath(): Result[] {
  const script = bundled('token/run.ts', { packages: 'external' });
  const nodes = [process.execPath, ...(process.env.BENCH_NODES ?? '').split(':').filter(Boolean)];
  return nodes.flatMap((node) => {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().replace(/^v(\d+).*/, 'Node $1');
    const contests = Object.keys(GOALS).map((name) => JSON.parse(execFileSync(node, [script, name], { encoding: 'utf8' })) as Measured);
    process.stdout.write(`\n${version}, part of the speed of raw node:crypto\n${contests.map(row).join('\n')}\n`);
    return contests.flatMap((contest) => results(contest, version));
  });
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
