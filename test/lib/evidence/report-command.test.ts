import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPORT_HELP, reportCommand } from '../../../lib/evidence/report-command';
import { writeFixture } from './fixture-assembly';

const scratch = mkdtempSync(join(tmpdir(), 'report-command-'));
const app = writeFixture(join(scratch, 'cdk.out'));
const broken = writeFixture(join(scratch, 'broken'), (resources) => delete resources.Key);
afterAll(() => rmSync(scratch, { recursive: true }));

function run(...args: string[]): { code: number; lines: string[] } {
  const lines: string[] = [];
  return { code: reportCommand(args, (line) => lines.push(line)), lines };
}

test('prints what stands, what was written, and exits 0', () => {
  const { code, lines } = run('--app', app, '--out', join(scratch, 'out'), '--check');
  expect(code).toBe(0);
  expect(lines[0]).toMatch(/^\d+ rows against ISM v2025\.12\.9 in Production, Test:$/);
  expect(lines.filter((line) => line.startsWith('wrote '))).toHaveLength(3);
  expect(readdirSync(join(scratch, 'out'))).toHaveLength(3);
});

test('names the claims that do not hold, and exits 1 only when asked to check', () => {
  const told = run('--app', broken, '--out', join(scratch, 'fallen'));
  expect(told.code).toBe(0);
  expect(told.lines).toContain('  run with --check to fail on this');
  const { code, lines } = run('--app', broken, '--out', join(scratch, 'fallen'), '--check');
  expect(code).toBe(1);
  expect(lines).toContain('  does not hold: ISM-1985 (API Gateway): keys-rotated');
  expect(lines).not.toContain('  run with --check to fail on this');
});

test('explains itself', () => {
  expect(run('--help')).toEqual({ code: 0, lines: [REPORT_HELP] });
});

test('refuses an option that it does not have', () => {
  expect(() => run('--format', 'pdf')).toThrow("EVIDENCE_OPTION: report takes --app, --out, --catalogue, --last-modified, --check and --help, got Unknown option '--format'; write --help to see what each does");
});
