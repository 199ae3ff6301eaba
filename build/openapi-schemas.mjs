import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import Ajv04 from 'ajv-draft-04';
import Ajv2020 from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const HERE = dirname(fileURLToPath(import.meta.url));
const SCHEMA_PACKAGE = '@seriousme/openapi-schema-validator';
const JSON_SCHEMA_2020 = 'https://json-schema.org/draft/2020-12/schema';

/** The JSON schemas of the OpenAPI Specification and the Ajv that speaks their draft, by version. */
const SCHEMAS = {
  '3.0': { Ajv: Ajv04.default, schema: (document) => document },
  // The official 3.1 schema leaves Schema Objects open; JSON Schema 2020-12 says what they are made of.
  '3.1': { Ajv: Ajv2020.default, schema: (document) => ({ ...document, $defs: { ...document.$defs, schema: { $ref: JSON_SCHEMA_2020 } } }) },
};

/**
 * Bundles what reads an OpenAPI document into `openapi`: a YAML parser, and a validator for each version.
 *
 * A jsii library ships no run-time dependencies, so the validators are compiled here and the parser travels with them. Each is a
 * file: a document needs one or two of them, and what stands at the top of a file is quick to load from the compile cache.
 */
export async function buildOpenApiReader(distribution) {
  const { metafile } = await build({
    metafile: true,
    entryPoints: { yaml: 'js-yaml', ...Object.fromEntries(Object.keys(SCHEMAS).map((version) => [`validator-${version}`, `openapi-schema:${version}`])) },
    outdir: join(distribution, 'openapi'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    legalComments: 'inline',
    logLevel: 'error',
    plugins: [{ name: 'openapi-schemas', setup: (bundler) => serveValidators(bundler) }],
  });
  // The validators are made of these schemas, so their licence goes with them.
  return { ...metafile, inputs: { ...metafile.inputs, [`node_modules/${SCHEMA_PACKAGE}/package.json`]: {} } };
}

function serveValidators(bundler) {
  bundler.onResolve({ filter: /^openapi-schema:/ }, ({ path }) => ({ path: path.slice('openapi-schema:'.length), namespace: 'openapi-schema' }));
  bundler.onLoad({ filter: /.*/, namespace: 'openapi-schema' }, ({ path }) => ({ contents: validatorOf(path), loader: 'js', resolveDir: HERE }));
}

function validatorOf(version) {
  const { Ajv, schema } = SCHEMAS[version];
  // Formats are left out: a contact address that is no URI weakens nothing.
  const ajv = new Ajv({ strict: false, validateFormats: false, inlineRefs: false, code: { source: true, lines: false, esm: true } });
  const document = require(`${SCHEMA_PACKAGE}/schemas/v${version}/schema.json`);
  return standalone.default(ajv, ajv.compile(schema(document)));
}
