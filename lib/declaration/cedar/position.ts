/** Line and column of a byte of a UTF-8 text, both from 1, the column in characters. */
export function position(text: string, byte: number): { readonly line: number; readonly column: number } {
  const before = Buffer.from(text, 'utf8').subarray(0, byte).toString('utf8').split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
