import { parseArgs } from 'node:util';
import { EvidenceError, reasonOf } from './evidence-error';
import { DEFAULT_LAST_MODIFIED, report } from './report';
import { isFallen, tally } from './trace';

const OPTIONS = {
  app: { type: 'string', default: 'cdk.out' },
  out: { type: 'string', default: 'out/evidence' },
  catalogue: { type: 'string' },
  'last-modified': { type: 'string', default: DEFAULT_LAST_MODIFIED },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What `report --help` prints. */
export const REPORT_HELP = `Usage: cdk-api-security report [options]

Computes control evidence from a synthesized cloud assembly and writes
controls.md, controls.html and component-definition.json (OSCAL 1.1.2).

  --app DIR             what cdk synth wrote (default: ${OPTIONS.app.default})
  --out DIR             where the evidence goes (default: ${OPTIONS.out.default})
  --catalogue FILE      ISM_catalog.json of another release, to see what differs
  --last-modified TIME  of the component definition (${DEFAULT_LAST_MODIFIED})
  --check               exit 1 if a claim does not hold
  --help                this text`;

/** Runs `report` and returns its exit code: 0, or 1 with `--check` where a claim does not hold. */
export function reportCommand(args: readonly string[], print: (line: string) => void): number {
  const options = parse(args);
  if (options.help) {
    print(REPORT_HELP);
    return 0;
  }
  const { trace, files } = report(options.app, options.out, { catalogue: options.catalogue, lastModified: options['last-modified'] });
  const fallen = trace.rows.filter(isFallen);
  print(`${trace.rows.length} rows against ISM ${trace.catalogue.version} in ${trace.environments.join(', ')}:`);
  for (const [state, count] of tally(trace.rows)) if (count > 0) print(`  ${String(count).padStart(3)} ${state}`);
  for (const { row, results } of fallen) print(`  does not hold: ${row.control} (${row.asset}): ${results.filter(({ holds }) => !holds).map(({ check }) => check.id).join(', ')}`);
  if (fallen.length > 0 && !options.check) print('  run with --check to fail on this');
  for (const file of files) print(`wrote ${file}`);
  return options.check && fallen.length > 0 ? 1 : 0;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new EvidenceError('EVIDENCE_OPTION', reasonOf(error).split('. ')[0] ?? '');
  }
}
