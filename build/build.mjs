// Builds everything that the package ships: the jsii library, the bundled handlers, the service library, the command line.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build as esbuild } from 'esbuild';
import { bundleLibrary } from './library.mjs';
import { buildOpenApiReader } from './openapi-schemas.mjs';
import { buildSchemaCompiler } from './schema-compiler.mjs';
import { writeThirdPartyNotice } from './third-party.mjs';

const quiet = process.argv.includes('--quiet');
const require = createRequire(import.meta.url);
const started = Date.now();
const metafiles = [];

/**
 * Run-time code is bundled once, here, never at synthesis. ECMAScript sources bundle smaller than CommonJS ones.
 *
 * Names are not kept: that names each closure anew whenever it is made, which costs the authorizer 2 % of its time and 7 % of its size.
 */
const BUNDLE = { bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], minify: true, legalComments: 'none', logLevel: 'warning' };

/** Tools that run from the checkout keep their imports, so that each runs against the compiled library. */
const TRANSPILE = { platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning' };

/** Processes of the local gateway: CommonJS but for the identity provider, whose library is ECMAScript modules only. */
const ESM = { format: 'esm', banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' } };
const LOCAL = [
  ['function/function-runtime.ts', 'function-runtime.js', {}],
  ['function/route-preload.ts', 'route-preload.js', {}],
  ['peer/backend.ts', 'backend.js', {}],
  ['peer/identity-provider.mts', 'identity-provider.mjs', ESM],
];

/** What users import under the package's name is here the source next door. */
const SELF = { 'cdk-api-security/service': './service/index.ts' };

step('clean', () => rmSync('dist', { recursive: true, force: true }));
step('library', () => run('jsii/bin/jsii', ['--silence-warnings', 'reserved-word']));
step('library in one file', () => bundleLibrary('dist/lib'));
await step('OpenAPI reader', async () => metafiles.push(await buildOpenApiReader('dist')));
await step('schema compiler', async () => metafiles.push(await buildSchemaCompiler('dist')));
await step('handlers', () => Promise.all(folders('lambda').map((name) => build({ ...BUNDLE, target: 'node24', entryPoints: [`lambda/${name}/index.ts`], outfile: `dist/handlers/${name}/index.js` }))));
await step('revocation reader', () => build({ ...BUNDLE, target: 'node24', entryPoints: ['lambda/authorizer/revocation-module.ts'], outfile: 'dist/handlers/authorizer/revocation-reader.js' }));
await step('stored authorities', () => build({ ...BUNDLE, target: 'node24', entryPoints: ['lambda/authorizer/partner-authorities.ts'], outfile: 'dist/handlers/authorizer/stored-authorities.js' }));
await step('parameter checks', () => build({ ...BUNDLE, target: 'node24', entryPoints: ['lambda/authorizer/parameter-module.ts'], outfile: 'dist/handlers/authorizer/parameters.js' }));
await step('Cedar decisions', () => build({ ...BUNDLE, target: 'node24', entryPoints: ['lambda/authorizer/cedar-decision-point.ts'], outfile: 'dist/cedar/decisions.js' }));
step('Cedar engine', () => copyCedar());
await step('service library', () => build({ ...BUNDLE, minify: false, target: 'node20', entryPoints: ['service/index.ts'], outfile: 'dist/service/index.js' }));
step('service types', () => run('typescript/bin/tsc', ['-p', 'service']));
await step('local gateway', () => Promise.all(LOCAL.map(([source, file, options]) => build({ ...BUNDLE, minify: false, target: 'node20', entryPoints: [`local/${source}`], outfile: `dist/local/${file}`, ...options }))));
await step('reference backends', () => Promise.all(folders('bin/reference/backends').map((name) => build({ ...BUNDLE, target: 'node24', alias: SELF, entryPoints: [`bin/reference/backends/${name}/index.ts`], outfile: `dist/backends/${name}/index.js` }))));
await step('command line', () => Promise.all(['cdk-api-security', 'start'].map((name) => build({ ...BUNDLE, minify: false, target: 'node20', external: ['aws-cdk', 'aws-cdk-lib', 'constructs', 'esbuild'], entryPoints: [`bin/${name}.ts`], outfile: `dist/bin/${name}.js` }))));
await step('reference deployment and benchmarks', () => build({ ...TRANSPILE, entryPoints: ['bin/reference.ts', ...entries('bin/reference').filter((file) => !file.includes('backends')), ...entries('bench')], outbase: '.', outdir: 'dist' }));
step('third-party notice', () => writeThirdPartyNotice(metafiles, 'dist/THIRD_PARTY_LICENSES.txt'));
say(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`);

// Copied, not bundled: the module reads its WebAssembly from the folder it lies in.
function copyCedar() {
  mkdirSync('dist/cedar', { recursive: true });
  const engine = dirname(require.resolve('@cedar-policy/cedar-wasm/nodejs'));
  for (const [from, to] of [['cedar_wasm.js', 'cedar.js'], ['cedar_wasm_bg.wasm', 'cedar_wasm_bg.wasm']]) copyFileSync(join(engine, from), join('dist/cedar', to));
  metafiles.push({ inputs: { 'node_modules/@cedar-policy/cedar-wasm/package.json': {} } });
}

async function build(options) {
  const { metafile } = await esbuild({ ...options, metafile: true });
  metafiles.push(metafile);
}

function step(name, work) {
  say(`${name} …`);
  return work();
}

function say(line) {
  if (!quiet) process.stdout.write(`${line}\n`);
}

function run(bin, args) {
  const { status, stdout } = spawnSync(process.execPath, [join(require.resolve(`${bin.split('/')[0]}/package.json`), '..', ...bin.split('/').slice(1)), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status === 0) return;
  process.stdout.write(stdout);
  process.exit(1);
}

function folders(folder) {
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'index.ts'))).map(({ name }) => name);
}

function entries(folder) {
  return readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts')).map((file) => join(folder, file));
}
