// Writes API.md from the compiled library; with --check, fails when the committed one is stale.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const check = process.argv.includes('--check');
const output = check ? join(tmpdir(), `API-${process.pid}.md`) : 'API.md';
const docgen = join(dirname(createRequire(import.meta.url).resolve('jsii-docgen/package.json')), 'bin', 'jsii-docgen');
const { status } = spawnSync(process.execPath, [docgen, '-o', output], { stdio: 'inherit' });
if (status !== 0) process.exit(1);
if (check && readFileSync(output, 'utf8') !== readFileSync('API.md', 'utf8')) {
  process.stderr.write('API.md is stale; run npm run docs\n');
  process.exit(1);
}
