import { execFileSync } from 'child_process';
import { bundled } from './bundled';
import { atMost, Result } from './result';

/**
 * How many times as long as the parser alone an inspected body may take.
 *
 * Of a small body, to scan a copy of it takes 0.33 times as long as the parser (0.07 for the copy) and to count its members 0.09; the
 * parser takes 0.09 longer than without.
 */
const GOALS: Readonly<Record<string, number>> = { 'small JSON': 1.6, JSON: 1.5, 'hostile JSON': 0.01 };

/** Inspection of bodies, beside `JSON.parse` of the same body and beside libraries that look for fewer threats. */
export function bodyInspection(): Result[] {
  const script = bundled('body/run.ts', { packages: 'external' });
  const contests = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as { name: string; kind: string; seconds: Record<string, number> }[];
  return contests.map(({ name, kind, seconds }) => {
    const parser = seconds['JSON.parse'] ?? Number.NaN;
    const rows = Object.entries(seconds).map(([subject, time]) => `  ${subject.padEnd(30)} ${(time / parser).toFixed(2).padStart(6)}  ${(time * 1e6).toFixed(1).padStart(9)} µs`);
    process.stdout.write(`\n${name}, in times of JSON.parse\n${rows.join('\n')}\n`);
    return atMost(`inspected ${name} / JSON.parse`, (seconds['this pattern'] ?? Number.NaN) / parser, GOALS[kind] ?? Number.NaN, seconds);
  });
}
