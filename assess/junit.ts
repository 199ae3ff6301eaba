import { inState, type Assessment, type CaseResult } from './result';
import { expectationInWords, requestInWords } from './probe-words';

/** The results as JUnit XML: one suite per family, the controls as properties of each case. */
export function junit({ results, environment, target, started }: Assessment): string {
  const families = [...new Set(results.map((result) => result.case.family))];
  const suites = families.map((family) => suite(family, results.filter((result) => result.case.family === family), started));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(`assessment of ${environment} at ${target}`)}" ${counts(results)}>`,
    ...suites,
    '</testsuites>', '',
  ].join('\n');
}

function suite(family: string, results: readonly CaseResult[], started: string): string {
  return [
    `  <testsuite name="${escaped(family)}" ${counts(results)} errors="0" timestamp="${escaped(started.replace(/\.\d+Z$/, ''))}">`,
    ...results.map(testcase),
    '  </testsuite>',
  ].join('\n');
}

function testcase({ case: { id, family, title, controls, probe }, state, got, reason, durationMilliseconds }: CaseResult): string {
  const expected = expectationInWords(probe);
  const outcome = {
    held: [],
    failed: [`      <failure message="${escaped(`expected ${expected}, got ${got ?? 'nothing'}`)}">${escaped(`${title}\n${requestInWords(probe)}`)}</failure>`],
    skipped: [`      <skipped message="${escaped(reason ?? '')}"/>`],
  }[state];
  return [
    `    <testcase classname="${escaped(family)}" name="${escaped(id)}" time="${(durationMilliseconds / 1000).toFixed(3)}">`,
    `      <properties>${controls.map((control) => `<property name="control" value="${escaped(control)}"/>`).join('')}</properties>`,
    ...outcome,
    '    </testcase>',
  ].join('\n');
}

function counts(results: readonly CaseResult[]): string {
  const milliseconds = results.reduce((sum, { durationMilliseconds }) => sum + durationMilliseconds, 0);
  return `tests="${results.length}" failures="${inState(results, 'failed').length}" skipped="${inState(results, 'skipped').length}" time="${(milliseconds / 1000).toFixed(3)}"`;
}

/** XML 1.0 has no escape for most control characters: they cannot stand in it at all. */
function escaped(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;');
}
