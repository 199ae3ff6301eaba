import { execFileSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
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

const bundled = new Set<ChildEntry>();

/** File of a child process entry: the one that the build made, or, run from sources, one bundled for this process. */
export function childEntry(name: ChildEntry): string {
  const { source, file, format } = CHILD_ENTRIES[name];
  const built = [join(__dirname, file), join(__dirname, '..', 'local', file)].find((candidate) => existsSync(candidate));
  if (built !== undefined) return built;
  const entry = join(__dirname, source);
  if (!existsSync(entry)) throw new LocalRefusal('LOCAL_BUNDLE', 'the package holds its child process bundles', `no ${file}`, '`npm run build`');
  const bundle = join(__dirname, '..', 'out', 'local-children', file);
  if (!bundled.has(name)) {
    // Several processes may do so at once: each writes a file of its own and puts it in place whole.
    const own = join(__dirname, '..', 'out', 'local-children', `${process.pid}-${file}`);
    execFileSync(require.resolve('esbuild/bin/esbuild'), [
      entry, '--bundle', '--platform=node', '--target=node20', `--format=${format}`, `--outfile=${own}`, '--log-level=error',
      ...format === 'esm' ? [`--banner:js=${ESM_BANNER}`] : [],
    ]);
    renameSync(own, bundle);
    bundled.add(name);
  }
  return bundle;
}
