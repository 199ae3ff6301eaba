import type { Block, Inline, ListItem, ReportDocument, Text } from './document';
import { STYLE } from './html-style';

type Renderers = { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>, level: number) => string };

const RENDERERS: Renderers = {
  section: ({ id, title, blocks }, level) => `<section id="${escape(id)}" aria-labelledby="${escape(id)}-title">\n<h${level} id="${escape(id)}-title">${line(title)}</h${level}>\n${all(blocks, level + 1)}\n</section>`,
  paragraph: ({ text }) => `<p>${line(text)}</p>`,
  terms: ({ terms }) => `<dl>\n${terms.map(([term, text]) => `<dt>${escape(term)}</dt><dd>${line(text)}</dd>`).join('\n')}\n</dl>`,
  list: ({ items }) => list(items),
  table: ({ caption, head, rows }) => [
    '<div class="table" role="region" tabindex="0" aria-label="' + escape(caption) + '"><table>',
    `<caption>${escape(caption)}</caption>`,
    `<thead><tr>${head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('')}</tr></thead>`,
    `<tbody>\n${rows.map(row).join('\n')}\n</tbody>`,
    '</table></div>',
  ].join('\n'),
};

/** Renders a report as one HTML file: no script, nothing loaded from elsewhere. */
export function html({ title, blocks }: ReportDocument): string {
  const sections = blocks.flatMap((block) => (block.kind === 'section' ? [block] : []));
  const contents = sections.map(({ id, title: text }) => `<li><a href="#${escape(id)}">${line(text)}</a></li>`).join('\n');
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escape(title)}</title>`,
    `<style>\n${STYLE}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#content">Skip to content</a>',
    `<header><h1>${escape(title)}</h1></header>`,
    `<nav aria-label="Contents">\n<ul>\n${contents}\n</ul>\n</nav>`,
    `<main id="content">\n${all(blocks, 2)}\n</main>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function all(blocks: readonly Block[], level: number): string {
  return blocks.map((block) => (RENDERERS[block.kind] as (block: Block, level: number) => string)(block, level)).join('\n');
}

/** The first cell names the row. */
function row([first = [], ...cells]: readonly Text[]): string {
  return `<tr><th scope="row">${line(first)}</th>${cells.map((cell) => `<td>${line(cell)}</td>`).join('')}</tr>`;
}

function list(items: readonly ListItem[]): string {
  return `<ul>\n${items.map(({ text, items: below = [] }) => `<li>${line(text)}${below.length > 0 ? `\n${list(below)}` : ''}</li>`).join('\n')}\n</ul>`;
}

function line(text: Text): string {
  return text.map(inline).join('');
}

function inline(run: Inline): string {
  if (typeof run === 'string') return escape(run);
  if ('code' in run) return `<code>${escape(run.code)}</code>`;
  if ('state' in run) return `<span class="state ${escape(run.state.replaceAll(' ', '-'))}">${escape(run.state)}</span>`;
  return `<a href="#${escape(run.link)}">${escape(run.text)}</a>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
