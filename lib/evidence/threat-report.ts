import type { Block, Text } from './document';
import { rowLink, section } from './row-link';
import type { RowTrace, ThreatTrace, Trace } from './trace';

/** The threats, each with where the controls that answer it stand. */
export function threatSection({ threats }: Trace): Block {
  return section('threats', 'Threats', threats.map(threatBlock));
}

function threatBlock({ threat, mapped, added }: ThreatTrace): Block {
  return {
    kind: 'section', id: threat.id.toLowerCase(), title: [`${threat.id} ${threat.title}`],
    blocks: [
      { kind: 'paragraph', text: [threat.description] },
      { kind: 'paragraph', text: [`Affects: ${threat.assets.join(', ')}.`] },
      {
        kind: 'table', caption: `Controls that answer ${threat.id}`, head: ['Control', 'Asset', 'State', 'Mapped by', 'What is shown'],
        rows: [...mapped.map((row) => cells(row, 'pattern')), ...added.map((row) => cells(row, 'current ISM'))],
      },
    ],
  };
}

function cells(trace: RowTrace, mappedBy: string): Text[] {
  const shown = trace.results.filter(({ holds }) => holds).map(({ check }) => check.shows).join(' ');
  return [rowLink(trace), [trace.row.asset], [{ state: trace.state }], [mappedBy], [shown || (trace.row.because ?? trace.missing.join(' '))]];
}
