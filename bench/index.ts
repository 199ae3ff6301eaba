import { mkdirSync, writeFileSync } from 'fs';
import { Result, table } from './result';
import { bodyInspection } from './body';
import { coldStart } from './cold-start';
import { gateway } from './gateway';
import { memory } from './memory';
import { policyDecision } from './policy';
import { groups, referenceDeployment } from './synthesis';
import { tokenPath } from './token';

/** Benchmarks by name; `npm run bench -- NAME` runs one. */
const BENCHMARKS: Readonly<Record<string, () => Result[] | Promise<Result[]>>> = { token: tokenPath, policy: policyDecision, 'cold-start': coldStart, memory, gateway, groups, body: bodyInspection, reference: referenceDeployment };

const [wanted] = process.argv.slice(2);
if (wanted !== undefined && !(wanted in BENCHMARKS)) {
  process.stderr.write(`BENCH_NAME: a benchmark is ${Object.keys(BENCHMARKS).join(' or ')}, got '${wanted}'; write npm run bench -- ${Object.keys(BENCHMARKS)[0]}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const results: Result[] = [];
  for (const [name, run] of Object.entries(BENCHMARKS)) {
    if (wanted !== undefined && wanted !== name) continue;
    process.stdout.write(`${name} …\n`);
    results.push(...await run());
  }
  mkdirSync('out', { recursive: true });
  writeFileSync('out/bench.json', `${JSON.stringify(results, undefined, 2)}\n`);
  process.stdout.write(`\nNode.js ${process.version}, ratios in one run\n${table(results)}\n`);
  process.exitCode = results.every(({ holds }) => holds) ? 0 : 1;
}
void main();
