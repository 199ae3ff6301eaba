import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { demand, Refusal, RefusalCode, REFUSALS } from '../../lib/private/refusal';

const CODES = Object.keys(REFUSALS) as RefusalCode[];
const LIB = join(__dirname, '../../lib');
const SOURCES = textOf(LIB, (file) => file.endsWith('.ts') && file !== join('private', 'refusal.ts'));
const REFUSED = textOf(__dirname, (file) => file.endsWith('.test.ts') && file !== 'catalogue.test.ts');

test.each(CODES)('refuses with %s somewhere in the library', (code) => {
  expect(SOURCES.includes(`'${code}'`)).toBe(true);
});

test.each(CODES)('holds %s to an exact message', (code) => {
  expect(REFUSED.includes(`${code}: `)).toBe(true);
});

test.each(CODES)('says of %s the rule, the value and what to write', (code) => {
  const { rule, write } = REFUSALS[code];
  expect(new Refusal(code, 'VALUE').message).toBe(`${code}: ${rule}, got VALUE; write ${write}`);
  expect(rule).toMatch(/^[a-z"$].*[A-Za-z0-9)]$/);
  expect(rule).not.toMatch(/, got |; write /);
  expect(write).not.toMatch(/^write |\.$/);
});

test('lists the codes in alphabetical order', () => {
  expect(CODES.map((code) => code.replaceAll('_', ' '))).toEqual(CODES.map((code) => code.replaceAll('_', ' ')).sort());
});

test('advises more exactly where a declaration allows it', () => {
  expect(new Refusal('BODY_LIMIT', '65 KiB', 'less').message).toMatch(/, got 65 KiB; write less$/);
});

test('carries its code and one stack frame: the line of the declaration', () => {
  const refusal = new Refusal('BODY_LIMIT', '65 KiB');
  expect(refusal).toMatchObject({ code: 'BODY_LIMIT', name: 'Refusal' });
  const [message, frame, ...more] = refusal.stack!.split('\n');
  expect([message, frame, more]).toEqual([refusal.message, expect.stringMatching(/^ +at .*catalogue\.test\.ts:\d+:\d+\)?$/), []]);
});

test('describes the value only when the rule is broken', () => {
  const got = jest.fn(() => '65 KiB');
  demand('BODY_LIMIT', true, got);
  expect(got).not.toHaveBeenCalled();
  expect(() => demand('BODY_LIMIT', false, got)).toThrow(Refusal);
});

function textOf(folder: string, read: (file: string) => boolean): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(read).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}
