import type { Block, Inline, ListItem, ReportDocument, Text } from './document';

type Renderers = { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>, level: number) => string };

const RENDERERS: Renderers = {
  section: ({ id, title, blocks }, level) => [`<a id="${id}"></a>`, `${'#'.repeat(level)} ${line(title)}`, ...blocks.map((block) => render(block, level + 1))].join('\n\n'),
  paragraph: ({ text }) => line(text),
  terms: ({ terms }) => terms.map(([term, text]) => `- **${escape(term)}:** ${line(text)}`).join('\n'),
  list: ({ items }) => list(items, ''),
  table: ({ head, rows }) => [head.map(escape), head.map(() => '---'), ...rows.map((cells) => cells.map(line))].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
};

/** Renders a report as Markdown. */
export function markdown({ title, blocks }: ReportDocument): string {
  return `${[`# ${escape(title)}`, ...blocks.map((block) => render(block, 2))].join('\n\n')}\n`;
}

function render(block: Block, level: number): string {
  return (RENDERERS[block.kind] as (block: Block, level: number) => string)(block, level);
}

function list(all: readonly ListItem[], indent: string): string {
  return all.map(({ text, items = [] }) => [`${indent}- ${line(text)}`, ...(items.length > 0 ? [list(items, `${indent}  `)] : [])].join('\n')).join('\n');
}

function line(text: Text): string {
  return text.map(inline).join('');
}

function inline(run: Inline): string {
  if (typeof run === 'string') return escape(run);
  if ('code' in run) return code(run.code);
  if ('state' in run) return `**${escape(run.state)}**`;
  return `[${escape(run.text)}](#${run.link})`;
}

/** A table cell ends at a pipe even inside code, and a code span ends at a backtick. */
function code(text: string): string {
  const plain = oneLine(text).replaceAll('|', '\\|');
  return plain.includes('`') ? `\`\` ${plain} \`\`` : `\`${plain}\``;
}

function escape(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|#]/g, '\\$&');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trimEnd().concat(/\s$/.test(text) ? ' ' : '');
}
