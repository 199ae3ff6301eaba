import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

test('synthesizes, reports, runs and probes the reference deployment, and exits 0 because every outcome is the expected one', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/bin/start.js'], { encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'true' } });
  expect([status, stderr]).toEqual([0, '']);
  const outcomes = stdout.split('\n').filter((line) => /^(public|partner|internal) /.test(line));
  expect(outcomes.length).toBeGreaterThanOrEqual(80);
  expect(stdout).toContain(`All ${outcomes.length} outcomes are the expected ones.`);
  expect(outcomes.filter((line) => !line.endsWith('as expected'))).toEqual([]);
  for (const text of ['0 findings open', 'rows against ISM', 'Not emulated', 'no handshake']) expect(stdout).toContain(text);
  expect(existsSync('out/evidence/controls.html')).toBe(true);
}, 180_000);
