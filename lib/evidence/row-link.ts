import type { Block, Text } from './document';
import type { RowTrace } from './trace';

/** Anchor of a row. */
export function rowId({ row }: RowTrace): string {
  return `${row.control}-${row.asset}`.toLowerCase().replaceAll(' ', '-');
}

/** A link to a row. */
export function rowLink(row: RowTrace): Text {
  return [{ link: rowId(row), text: row.row.control }];
}

/** A section with a plain title. */
export function section(id: string, title: string, blocks: readonly Block[]): Extract<Block, { kind: 'section' }> {
  return { kind: 'section', id, title: [title], blocks };
}
