/** A run of text: plain, code, a state badge or a link to a section of the same document. */
export type Inline = string | { readonly code: string } | { readonly state: string } | { readonly link: string; readonly text: string };

/** Text made of runs. */
export type Text = readonly Inline[];

/** A part of a report, independent of the format it is rendered in. */
export type Block =
  | { readonly kind: 'section'; readonly id: string; readonly title: Text; readonly blocks: readonly Block[] }
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'terms'; readonly terms: readonly (readonly [string, Text])[] }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly Text[])[] };

/** An item of a list, with a list below it. */
export interface ListItem {
  readonly text: Text;
  readonly items?: readonly ListItem[];
}

/** A whole report. */
export interface ReportDocument {
  readonly title: string;
  readonly blocks: readonly Block[];
}
