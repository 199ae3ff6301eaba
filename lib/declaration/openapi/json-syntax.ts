const TOKEN = /[ \t\r\n]*(?:("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:])|($))/y;

/** What may follow, by what came before: `v` value, `k` key, `}` `]` `,` `:` themselves, `$` end. */
type Expected = string;

/**
 * Where a text stops being JSON: `line 3, column 5: unexpected '}'`.
 *
 * `JSON.parse` tells no position on some versions of Node.js, and its wording differs between them.
 */
export function jsonError(text: string): string {
  const open: string[] = [];
  let expected: Expected = 'v';
  TOKEN.lastIndex = 0;
  for (;;) {
    const start = afterSpace(text, TOKEN.lastIndex);
    const match = TOKEN.exec(text);
    const next = match && follow(match, expected, open);
    if (next === null) return `${position(text, start)}: unexpected ${start < text.length ? `'${String.fromCodePoint(text.codePointAt(start)!)}'` : 'end'}`;
    if (next === '') return `${position(text, start)}: not JSON`;
    expected = next;
  }
}

function follow(match: RegExpExecArray, expected: Expected, open: string[]): Expected | null {
  const [, string, scalar, mark] = match;
  if (string !== undefined && expected.includes('k')) return ':';
  if (string !== undefined || scalar !== undefined) return expected.includes('v') ? after(open) : null;
  if (mark === undefined) return expected === '$' ? '' : null;
  if (mark === '{' || mark === '[') {
    if (!expected.includes('v')) return null;
    open.push(mark === '{' ? '}' : ']');
    return mark === '{' ? 'k}' : 'v]';
  }
  if (!expected.includes(mark)) return null;
  if (mark === ':') return 'v';
  if (mark === ',') return open.at(-1) === '}' ? 'k' : 'v';
  open.pop();
  return after(open);
}

function after(open: readonly string[]): Expected {
  const closing = open.at(-1);
  return closing === undefined ? '$' : `,${closing}`;
}

function afterSpace(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at += 1;
  return at;
}

function position(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}
