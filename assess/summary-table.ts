import { expectationInWords } from './probe-words';
import { inState, type Assessment, type CaseResult } from './result';

const WIDTH = 80;
const MOST_FAILURES = 40;

/** Results by family, every failure, and why cases were skipped: at most 80 columns. */
export function summaryTable({ results, environment, target, requests, started, ended }: Assessment, colours: boolean): string {
  const paint = (code: number, text: string): string => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  const families = [...new Set(results.map((result) => result.case.family))];
  const failed = inState(results, 'failed');
  const seconds = ((Date.parse(ended) - Date.parse(started)) / 1000).toFixed(1);
  return [
    ...wrapped(`${environment} at ${target}: ${requests} requests in ${seconds} s`, ''),
    '',
    row('family', 'held', 'failed', 'skipped'),
    '─'.repeat(62),
    ...families.map((family) => {
      const own = results.filter((result) => result.case.family === family);
      const line = row(family, ...counts(own));
      return inState(own, 'failed').length > 0 ? paint(31, line) : line;
    }),
    '─'.repeat(62),
    row('all', ...counts(results)),
    ...failed.slice(0, MOST_FAILURES).flatMap((result) => ['', ...failure(result).map((line, index) => (index === 0 ? paint(31, line) : line))]),
    ...(failed.length > MOST_FAILURES ? ['', `and ${failed.length - MOST_FAILURES} more failed cases, which the reports hold.`] : []),
    ...skips(results),
    '',
    failed.length === 0 ? paint(32, 'Nothing that was tried has failed.') : paint(31, `${failed.length} cases FAILED.`),
  ].join('\n');
}

function counts(results: readonly CaseResult[]): [string, string, string] {
  return [String(inState(results, 'held').length), String(inState(results, 'failed').length), String(inState(results, 'skipped').length)];
}

function row(name: string, held: string, failed: string, skipped: string): string {
  return `${name.padEnd(32)}${held.padStart(10)}${failed.padStart(10)}${skipped.padStart(10)}`;
}

function failure({ case: { id, title, controls, probe }, got }: CaseResult): string[] {
  const expected = expectationInWords(probe);
  return [...wrapped(`FAILED ${id}`, ''), ...wrapped(`${title} (${controls.join(', ')})`, '  '), ...wrapped(`expected ${expected}`, '  '), ...wrapped(`got ${got ?? 'nothing'}`, '  ')];
}

function skips(results: readonly CaseResult[]): string[] {
  const reasons = new Map<string, number>();
  for (const { reason = '' } of inState(results, 'skipped')) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return reasons.size === 0 ? [] : ['', 'Skipped, so neither held nor failed:', ...[...reasons].flatMap(([reason, count]) => wrapped(`${String(count).padStart(5)}  ${reason}`, ' '.repeat(7)))];
}

/** Lines of at most 80 columns; what has no blank to break at is broken where it must be. */
function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = text.startsWith(' ') ? text : `${indent}${text}`;
  while (line.length > WIDTH) {
    const blank = line.lastIndexOf(' ', WIDTH);
    const at = blank > indent.length + 8 ? blank : WIDTH;
    lines.push(line.slice(0, at));
    line = `${indent}${line.slice(at).trimStart()}`;
  }
  return [...lines, line];
}
