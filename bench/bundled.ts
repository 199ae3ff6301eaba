import { join } from 'path';
import { buildSync, type BuildOptions } from 'esbuild';

const ROOT = join(__dirname, '..', '..');

/** How `build/build.mjs` bundles a handler, so that what is measured is what is deployed. */
const HANDLER_BUNDLE: BuildOptions = {
  bundle: true, platform: 'node', format: 'cjs', target: 'node22', mainFields: ['module', 'main'], minify: true, legalComments: 'none', logLevel: 'error',
};

/** Path of one script of this folder (`token/run.ts`), bundled with the sources that it measures. */
export function bundled(script: string, options: BuildOptions = {}): string {
  const outfile = join(ROOT, 'out', 'bench', script.replace(/\.m?ts$/, '.js'));
  buildSync({ ...HANDLER_BUNDLE, absWorkingDir: ROOT, entryPoints: [join('bench', script)], outfile, ...options });
  return outfile;
}
