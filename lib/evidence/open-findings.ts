import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

/** The report that the CDK writes into a cloud assembly. */
const REPORT = 'validation-report.json';

interface ValidationReport {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly conclusion: string;
    readonly violations: readonly { readonly ruleName: string; readonly description: string; readonly severity: string; readonly violatingConstructs: readonly { readonly constructPath?: string }[] }[];
  }[];
}

/** Findings of a cloud assembly that nobody acknowledged, one line each; warnings are none. */
export function openFindings(assembly: string): string[] {
  const file = join(assembly, REPORT);
  if (!existsSync(file)) return [];
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8')) as ValidationReport;
  return pluginReports.filter(({ conclusion }) => conclusion === 'failure').flatMap(({ pluginName, violations }) => violations
    .filter(({ severity }) => severity !== 'warning')
    .flatMap(({ ruleName, description, violatingConstructs }) => violatingConstructs
      .map(({ constructPath = 'the app' }) => `${constructPath}: ${ruleName} (${pluginName}) ${withoutControlIds(description)}`)));
}

/** Rule packs append control ids by the dozen. */
function withoutControlIds(description: string): string {
  return description.replace(/ ?-? ?\(Control IDs?:.*/s, '').trim();
}

const watched = new Set<string>();

/**
 * Fails the process when it ends with findings in a cloud assembly.
 *
 * The CDK's command line looks at the stacks that it was told to, which are none of a stage's unless their names are written
 * out: `cdk synth` would pass over every finding here. It ends when the app does not end well.
 *
 * @param assembly folder that the app is synthesized into
 */
export function failOnOpenFindings(assembly: string): void {
  if (watched.size === 0) process.once('exit', report);
  watched.add(assembly);
}

function report(): void {
  const findings = [...watched].flatMap(openFindings);
  if (findings.length === 0) return;
  process.stderr.write(`${findings.length} findings that nobody acknowledged:\n${findings.map((finding) => `  ${finding}\n`).join('')}`);
  process.exitCode = 1;
}
