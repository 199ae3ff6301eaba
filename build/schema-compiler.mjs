import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const HERE = dirname(fileURLToPath(import.meta.url));
const PARTS = join(HERE, '..', 'runtime', 'validator-parts.ts');
const MINIFIED = { bundle: true, minify: true, platform: 'node', format: 'cjs', logLevel: 'error', metafile: true };
/** Packages with code in every generated module, whose licences travel with it. */
const CARRIED = ['ajv', 'fast-deep-equal'];

/**
 * Bundles what makes validators of schemas into `openapi/compiler.js`.
 *
 * Generated modules run in services, where nothing is installed and nothing evaluated: the parts that they need are in their text.
 */
export async function buildSchemaCompiler(distribution) {
  const parts = await build({ ...MINIFIED, entryPoints: [PARTS], target: 'node20', legalComments: 'none', write: false });
  const text = `${CARRIED.map(licence).join('')}${parts.outputFiles[0].text}`;
  const { metafile } = await build({
    ...MINIFIED,
    entryPoints: [join(HERE, 'schema-compiler.cjs')],
    outfile: join(distribution, 'openapi', 'compiler.js'),
    target: 'node20',
    legalComments: 'inline',
    plugins: [{ name: 'validator-parts', setup: (bundler) => serveParts(bundler, text) }],
  });
  return metafile;
}

function serveParts(bundler, text) {
  bundler.onResolve({ filter: /^validator-parts$/ }, () => ({ path: 'validator-parts', namespace: 'parts' }));
  bundler.onLoad({ filter: /.*/, namespace: 'parts' }, () => ({ contents: `export { PARTS } from ${JSON.stringify(PARTS)}; export const text = ${JSON.stringify(text)};`, loader: 'js', resolveDir: HERE }));
}

function licence(name) {
  const folder = dirname(require.resolve(`${name}/package.json`));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `/*! ${name}\n${readFileSync(join(folder, file), 'utf8').trim()}\n*/\n`;
}
