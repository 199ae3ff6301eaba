import type { Assembly, StampedEnvironment } from '../../lib/evidence/assembly';

/** What a reader of the table wants counted, and how. */
const COLUMNS: readonly (readonly [string, (environment: StampedEnvironment) => number])[] = [
  ['stacks', ({ resources }) => new Set(resources.map(({ stack }) => stack)).size],
  ['resources', ({ resources }) => resources.filter(({ type }) => type.startsWith('AWS::')).length],
  ['REST APIs', ({ resources }) => resources.filter(({ type }) => type === 'AWS::ApiGateway::RestApi').length],
  ['operations', ({ resources }) => resources.reduce((sum, { properties: { $operations } }) => sum + (Array.isArray($operations) ? $operations.length : 0), 0)],
  ['alarms', ({ resources }) => resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm').length],
];

/** What was stamped per environment, how many findings are open, and how many were accepted with a reason. */
export function stampedTable({ environments }: Assembly, open: readonly string[]): string {
  const head = `   ${''.padEnd(13)}${COLUMNS.map(([name]) => name.padStart(12)).join('')}`;
  const rows = environments.map((environment) => `   ${environment.name.padEnd(13)}${COLUMNS.map(([, count]) => String(count(environment)).padStart(12)).join('')}`);
  const reasons = new Set(environments.flatMap(({ acknowledgements }) => acknowledgements.map(({ rule, reason }) => `${rule} ${reason}`)));
  return [head, ...rows, `   ${open.length} findings open; ${reasons.size} acknowledged, each with a reason on its construct.`].join('\n');
}
