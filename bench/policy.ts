import { execFileSync } from 'child_process';
import { bundled } from './bundled';
import { atLeast, atMost, Result } from './result';

/** How many times as long as one RS256 verification and one ES256 signature, the least that any request costs, a decision may take. */
const DECISION = { asked: 2.5, repeated: 0.25 };
/** How much of the speed of those two a whole handler with policies has to leave. */
const HANDLER = { asked: 0.18, repeated: 0.45 };
/** What preparsing must be worth, in times. */
const STATELESS_FACTOR = 3;

/** Access policies in the authorizer: one decision, beside the cryptography that every request pays for. */
export function policyDecision(): Result[] {
  const script = bundled('policy/run.ts', { packages: 'external' });
  const measured = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as { seconds: Record<string, number>; start: Record<string, number> };
  const { seconds, start } = measured;
  const at = (name: string): number => seconds[name] ?? Number.NaN;
  process.stdout.write(`\n${[...Object.entries(seconds).map(([name, time]) => `  ${name.padEnd(34)} ${(time * 1e6).toFixed(1).padStart(8)} µs`), ...Object.entries(start).map(([name, time]) => `  ${name.padEnd(34)} ${(time * 1e3).toFixed(1).padStart(8)} ms, once`)].join('\n')}\n`);
  return [
    atMost('decision, 1 policy / node:crypto', at('1 policy') / at('node:crypto'), DECISION.asked, seconds),
    atMost('decision, 50 policies / node:crypto', at('50 policies') / at('node:crypto'), DECISION.asked, seconds),
    atMost('decision, asked before / node:crypto', at('50 policies, asked before') / at('node:crypto'), DECISION.repeated, seconds),
    atLeast('node:crypto / handler, 50 policies', at('node:crypto') / at('handler, 50 policies'), HANDLER.asked, seconds),
    atLeast('node:crypto / handler, 50 policies, asked before', at('node:crypto') / at('handler, 50 policies, asked before'), HANDLER.repeated, seconds),
    atMost('50 policies, preparsed / parsed each time', at('50 policies') / at('50 policies, parsed each time'), 1 / STATELESS_FACTOR, seconds),
  ];
}
