// Everything that must hold: a clean build, types, lint, tests, a fresh API reference and compiling samples.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const started = Date.now();

const STEPS = [
  ['build', 'build/build.mjs', ['--quiet']],
  ['types', bin('typescript', 'tsc'), ['--noEmit', '-p', 'tsconfig.dev.json']],
  ['lint', bin('eslint', 'eslint'), ['.']],
  ['samples of the README', bin('jsii-rosetta', 'jsii-rosetta'), ['extract', '--compile', '--fail', '--output', 'out/rosetta.json', '--directory', '.']],
  ['API reference', 'build/api-reference.mjs', ['--check']],
  ['tests', bin('jest', 'jest'), process.argv.slice(2)],
];

for (const [name, script, args] of STEPS) {
  const start = Date.now();
  process.stdout.write(`── ${name}\n`);
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' });
  process.stdout.write(`   ${name}: ${status === 0 ? 'holds' : 'FAILS'} (${((Date.now() - start) / 1000).toFixed(0)} s)\n`);
  if (status !== 0) process.exit(1);
}
process.stdout.write(`All of it holds (${((Date.now() - started) / 1000).toFixed(0)} s).\n`);

function bin(name, command) {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin: bins } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bins === 'string' ? bins : bins[command]);
}
