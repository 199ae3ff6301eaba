import type { CheckResult, EnvironmentResult } from './check';
import { Asset, ControlState } from './control';
import type { Block, ListItem, ReportDocument, Text } from './document';
import { acknowledgementSection, exceptionSection, limitSection } from './exception-report';
import { rowId, rowLink, section } from './row-link';
import { threatSection } from './threat-report';
import { isFallen, tally, type RowTrace, type Trace } from './trace';

/** How to read a state. */
const MEANINGS: readonly (readonly [ControlState, Text])[] = [
  [ControlState.IMPLEMENTED, ['the templates show it; the checks of the row name resource and property']],
  [ControlState.PARTLY_IMPLEMENTED, ['the templates show part of it; the row says what is missing']],
  [ControlState.NOT_IMPLEMENTED, ['nothing that is stamped meets it, or a check of its claim fails']],
  [ControlState.COMPENSATED, ['the platform cannot meet it in full; the row says why, and what stands in']],
  [ControlState.INHERITED, ['the cloud provider meets it']],
  [ControlState.ORGANISATIONAL, ['people must meet it; no template can']],
  [ControlState.RESCINDED, ['the ISM no longer has it; the row names its successor and what meets the intent of the pattern']],
];

/** The control report of a trace. */
export function controlReport(trace: Trace): ReportDocument {
  const { catalogue, environments, rows } = trace;
  const fallen = rows.filter(isFallen);
  return {
    title: 'Control evidence',
    blocks: [
      { kind: 'paragraph', text: [`Computed from the synthesized templates of ${environments.join(', ')}, against the Australian Information Security Manual ${catalogue.version}. A row holds only where every one of its checks holds in every environment; the first check that fails takes the claim away.`] },
      section('summary', 'Summary', [{ kind: 'terms', terms: MEANINGS }, summaryTable(rows), ...fallenList(fallen), ...reviewList(rows), indexTable(rows)]),
      ...Object.values(Asset).map((asset) => assetSection(asset, rows.filter(({ row }) => row.asset === asset))),
      threatSection(trace),
      limitSection(trace),
      exceptionSection(trace),
      acknowledgementSection(trace),
    ],
  };
}

function summaryTable(rows: readonly RowTrace[]): Block {
  const assets = Object.values(Asset);
  const counts = assets.map((asset) => tally(rows.filter(({ row }) => row.asset === asset)));
  const total = tally(rows);
  return {
    kind: 'table', caption: 'Rows by state and asset', head: ['State', ...assets, 'All'],
    rows: Object.values(ControlState).map((state) => [[{ state }], ...counts.map((count) => [`${count.get(state)}`]), [`${total.get(state)}`]]),
  };
}

function fallenList(fallen: readonly RowTrace[]): Block[] {
  if (fallen.length === 0) return [{ kind: 'paragraph', text: ['Every check of every row holds.'] }];
  return [section('fallen', 'Claims that do not hold', [{
    kind: 'list',
    items: fallen.map((row) => ({ text: [...rowLink(row), ` (${row.row.asset}) was claimed as ${row.row.claim}`], items: row.results.filter(({ holds }) => !holds).map(failureItem) })),
  }])];
}

function reviewList(rows: readonly RowTrace[]): Block[] {
  const reviews = [...new Set(rows.flatMap(({ review }) => (review === undefined ? [] : [review])))];
  return reviews.length === 0 ? [] : [section('review', 'Controls to review against this catalogue', [{ kind: 'list', items: reviews.map((review) => ({ text: [review] })) }])];
}

function indexTable(rows: readonly RowTrace[]): Block {
  return {
    kind: 'table', caption: 'Every control on every asset', head: ['Control', 'Asset', 'State', 'Since the pattern', 'Subject'],
    rows: rows.map((trace) => [rowLink(trace), [trace.row.asset], [{ state: trace.state }], [trace.control.change], [trace.control.subject]]),
  };
}

function assetSection(asset: Asset, rows: readonly RowTrace[]): Block {
  return section(asset.toLowerCase().replaceAll(' ', '-'), asset, rows.map(rowSection));
}

function rowSection(trace: RowTrace): Block {
  const { row, control, state, holds, results, missing, review } = trace;
  const terms: (readonly [string, Text | undefined])[] = [
    ['Subject', [`${control.subject}${control.revision === undefined ? '' : ` (revision ${control.revision})`}`]],
    ['Since the pattern', [control.changed === undefined ? control.change : `${control.change}: ${control.changed}`]],
    ['Successors', control.successors?.flatMap((id, index) => [index > 0 ? ', ' : '', { code: id }])],
    ['Intent of the pattern', optional(row.intent)],
    ['Claimed', holds ? undefined : [row.claim]],
    ['Because', optional(row.because)],
    ['Stands in', optional(row.standsIn)],
    ['Missing', optional(missing.join(' '))],
    ['Review', optional(review)],
  ];
  return {
    kind: 'section', id: rowId(trace), title: [`${row.control} `, { state }],
    blocks: [
      { kind: 'terms', terms: terms.flatMap(([term, text]) => (text === undefined ? [] : [[term, text] as const])) },
      ...(results.length === 0 ? [] : [{ kind: 'list' as const, items: results.map(resultItem) }]),
    ],
  };
}

function resultItem({ check, holds, environments }: CheckResult): ListItem {
  const verdict = environments.some(({ applicable }) => applicable) ? 'holds' : 'not applicable';
  return {
    text: [{ state: holds ? verdict : 'fails' }, ' ', check.shows, ' ', { code: check.id }],
    items: environments.flatMap(environmentItems),
  };
}

/** A check with nothing but the environments that fail it. */
function failureItem(result: CheckResult): ListItem {
  const failing = result.environments.filter(({ holds }) => !holds);
  return resultItem({ ...result, environments: failing.length > 0 ? failing : result.environments });
}

function environmentItems({ environment, applicable, holds, satisfied, failed, failure }: EnvironmentResult): ListItem[] {
  const shown = holds ? satisfied : failed;
  const stacks = [...new Set(shown.map(({ stack }) => stack))];
  const items = stacks.map((stack) => ({
    text: [`${stack}: `, ...shown.filter((one) => one.stack === stack).flatMap(({ logicalId }, index) => [index > 0 ? ', ' : '', { code: logicalId }])],
  }));
  if (holds) return applicable ? items : [{ text: [`${environment}: declares nothing that this is about`] }];
  return [{ text: [`${environment} fails: ${failure ?? ''}`], items }];
}

function optional(text: string | undefined): Text | undefined {
  return text === undefined || text === '' ? undefined : [text];
}
