/** Everything below a space but tab, line feed and carriage return, and the characters that turn text around. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/;
/** How documents begin that a browser or a viewer would show as something else. */
const OTHER_TYPE = /^\s*(?:<|%PDF|\{\\rtf|#!)/;
/** What a spreadsheet would take for a formula; numbers and telephone numbers may have a sign (OWASP, CSV injection). */
const FORMULA = /^"?(?:[=@\uff1d\uff20\t\r\n]|[+\uff0b\uff0d-](?![\d\s.,:()/%-]*"?$))/;
/** Where a spreadsheet of another country has its fields begin. */
const OTHER_SEPARATOR = /[;\t]/;
const MARK = '\ufeff';

/** Reads comma-separated values (RFC 4180) in UTF-8: records of one length, no formulas, no control characters. */
export function csvFault(content: Buffer): string | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return 'not UTF-8';
  }
  if (text.startsWith(MARK)) text = text.slice(MARK.length);
  if (CONTROL.test(text)) return 'control characters';
  if (OTHER_TYPE.test(text)) return 'begins as another type';
  return recordsFault(text);
}

function recordsFault(text: string): string | undefined {
  let [at, fields, expected] = [0, 0, 0];
  while (at < text.length) {
    const end = endOfField(text, at);
    if (end === undefined) return 'a quoted field that does not end';
    if (isFormula(unquoted(text.slice(at, end)))) return 'a formula';
    fields += 1;
    const separator = text[end];
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
    if (separator === ',' && at < text.length) continue;
    expected ||= fields;
    if (fields !== expected) return 'records of different lengths';
    fields = 0;
  }
  return expected === 0 ? 'no records' : undefined;
}

/** Where the separator is behind the field that starts at `at`; undefined where a quoted one has no end. */
function endOfField(text: string, at: number): number | undefined {
  if (text[at] !== '"') {
    const end = /[,\r\n]/g;
    end.lastIndex = at;
    return end.exec(text)?.index ?? text.length;
  }
  for (let quote = text.indexOf('"', at + 1); quote !== -1; quote = text.indexOf('"', quote + 2)) {
    const next = text[quote + 1];
    if (next === undefined || ',\r\n'.includes(next)) return quote + 1;
    if (next !== '"') return undefined;
  }
  return undefined;
}

function isFormula(field: string): boolean {
  return FORMULA.test(field) || (OTHER_SEPARATOR.test(field) && field.split(OTHER_SEPARATOR).some((part) => FORMULA.test(part)));
}

function unquoted(field: string): string {
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
}
