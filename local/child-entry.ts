import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalRefusal } from './local-refusal';

/** Source and bundle format of everything that runs in a process of its own; the build makes the same files. */
export const CHILD_ENTRIES = {
  'function-runtime': { source: 'function/function-runtime.ts', file: 'function-runtime.js', format: 'cjs' },
  'route-preload': { source: 'function/route-preload.ts', file: 'route-preload.js', format: 'cjs' },
  'backend': { source: 'peer/backend.ts', file: 'backend.js', format: 'cjs' },
  'identity-provider': { source: 'peer/identity-provider.mts', file: 'identity-provider.mjs', format: 'esm' },
} as const;

/** Name of a child process entry. */
export type ChildEntry = keyof typeof CHILD_ENTRIES;

// CommonJS dependencies inside an ESM bundle still call require.
const ESM_BANNER = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

let bundles: string | undefined;

/** File of a child process entry: the one that the build made, or, run from sources, one bundled for this process. */
export function childEntry(name: ChildEntry): string {
  const { source, file, format } = CHILD_ENTRIES[name];
  const built = [join(__dirname, file), join(__dirname, '..', 'local', file)].find((candidate) => existsSync(candidate));
  if (built !== undefined) return built;
  const entry = join(__dirname, source);
  if (!existsSync(entry)) throw new LocalRefusal('LOCAL_BUNDLE', 'the package holds its child process bundles', `no ${file}`, '`npm run build`');
  const bundle = join(bundleDirectory(), file);
  if (!existsSync(bundle)) {
    execFileSync(require.resolve('esbuild/bin/esbuild'), [
      entry, '--bundle', '--platform=node', '--target=node20', `--format=${format}`, `--outfile=${bundle}`, '--log-level=error',
      ...format === 'esm' ? [`--banner:js=${ESM_BANNER}`] : [],
    ]);
  }
  return bundle;
}

function bundleDirectory(): string {
  if (bundles === undefined) {
    const directory = mkdtempSync(join(tmpdir(), 'cdk-api-security-'));
    process.once('exit', () => { rmSync(directory, { recursive: true, force: true }); });
    bundles = directory;
  }
  return bundles;
}
