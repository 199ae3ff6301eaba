import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAssembly } from './assembly';
import { BUNDLED_CATALOGUE, readCatalogue } from './catalogue';
import { controlReport } from './control-report';
import { EvidenceError, reasonOf } from './evidence-error';
import { html } from './html';
import { markdown } from './markdown';
import { componentDefinition } from './oscal';
import { trace, type Trace } from './trace';

/** What a report may be told beside the assembly. */
export interface ReportOptions {
  /** `ISM_catalog.json` of another ISM release; the bundled release when absent. */
  readonly catalogue?: string;
  /** RFC 3339 timestamp of the component definition; the date of the bundled ISM release when absent, so that equal input gives equal bytes. */
  readonly lastModified?: string;
}

/** What was written. */
export interface Report {
  readonly trace: Trace;
  /** Paths of the written files. */
  readonly files: readonly string[];
}

/** `last-modified` of evidence when none is given: the bundled ISM release's date, never the clock. */
export const DEFAULT_LAST_MODIFIED = '2025-12-09T00:00:00Z';

/**
 * Writes the evidence of a synthesized cloud assembly.
 *
 * Everything is computed before anything is written, and every file appears whole or not at all.
 *
 * @param appDir the assembly, such as `cdk.out`
 * @param outDir where the reports go; created when it does not exist
 */
export function report(appDir: string, outDir: string, options: ReportOptions = {}): Report {
  const { lastModified = DEFAULT_LAST_MODIFIED } = options;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(lastModified)) throw new EvidenceError('EVIDENCE_DATE', `'${lastModified}'`);
  const catalogue = options.catalogue === undefined ? BUNDLED_CATALOGUE : readCatalogue(options.catalogue);
  const found = trace(readAssembly(appDir), catalogue);
  const document = controlReport(found);
  const contents = {
    'controls.md': markdown(document),
    'controls.html': html(document),
    'component-definition.json': `${JSON.stringify(componentDefinition(found, lastModified), undefined, 2)}\n`,
  };
  return { trace: found, files: writeWhole(resolve(outDir), contents) };
}

/** Writes to a temporary directory and renames, so that no reader finds half a file. */
function writeWhole(directory: string, contents: Readonly<Record<string, string>>): string[] {
  let temporary: string | undefined;
  try {
    mkdirSync(directory, { recursive: true });
    temporary = mkdtempSync(join(directory, '.evidence-'));
    for (const [name, content] of Object.entries(contents)) writeFileSync(join(temporary, name), content);
    return Object.keys(contents).map((name) => moveInto(directory, join(temporary ?? '', name), name));
  } catch (error) {
    throw new EvidenceError('EVIDENCE_OUTPUT', `${directory} (${reasonOf(error)})`);
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
}

function moveInto(directory: string, file: string, name: string): string {
  renameSync(file, join(directory, name));
  return join(directory, name);
}
