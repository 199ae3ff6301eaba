import { readFileSync, statSync } from 'fs';
import { extname } from 'path';
import { Refusal, demand } from '../../private/refusal';
import { MAXIMUM_DEPTH, MAXIMUM_SIZE, checkExtent } from './extent';
import { jsonError } from './json-syntax';
import { Node, isNode } from './node';
import { OpenApiVersion, SchemaError, YamlError, parseYaml, schemaErrors } from './reader';

/** An OpenAPI document that its specification's JSON schema allows. */
export interface OpenApiDocument {
  readonly file: string;
  readonly version: OpenApiVersion;
  readonly root: Node;
}

const VERSION = /^(3\.[01])\.\d+(-.+)?$/;

/** How text becomes a value, by file extension. */
const PARSERS: { readonly [extension: string]: (text: string, file: string) => unknown } = {
  '.json': parseJson,
  '.yaml': parseYamlDocument,
  '.yml': parseYamlDocument,
};

/** Things that the file system says, in words; anything else is `not readable`. */
const FILE_ERRORS: { readonly [code: string]: string } = { ENOENT: 'no such file', ENOTDIR: 'no such file', EISDIR: 'a directory', EACCES: 'no permission to read' };

/** Reads and checks an OpenAPI document. */
export function readDocument(file: string): OpenApiDocument {
  const parse = PARSERS[extname(file).toLowerCase()];
  const text = readText(file);
  demand('OPENAPI_FILE', parse !== undefined, () => `'${file}': an extension other than .json, .yaml and .yml`);
  const root = parse(text, file);
  checkExtent(root, file, parse !== parseJson);
  demand('OPENAPI_INVALID', isNode(root), () => `${file}#: must be object`);
  const version = versionOf(root, file);
  const error = worstOf(schemaErrors(version, root));
  demand('OPENAPI_INVALID', error === undefined, () => `${file}#${error!.instancePath}: ${words(error!)}`);
  return { file, version, root };
}

function readText(file: string): string {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    demand('OPENAPI_SIZE', stats.size <= MAXIMUM_SIZE, () => `${file} of ${(stats.size / 1024 / 1024).toFixed(1)} MiB`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { code } = error as { code?: string };
    throw new Refusal('OPENAPI_FILE', `'${file}': ${code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'not UTF-8' : (FILE_ERRORS[code ?? ''] ?? 'not readable')}`);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('OPENAPI_FILE', `${file}: ${jsonError(text)}`);
  }
}

function parseYamlDocument(text: string, file: string): unknown {
  try {
    return parseYaml(text, MAXIMUM_DEPTH);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new Refusal(/nesting exceeded/.test(error.message) ? 'OPENAPI_SIZE' : 'OPENAPI_FILE', `${file}: ${error.message}`);
  }
}

function versionOf(root: Node, file: string): OpenApiVersion {
  const declared = root.openapi ?? root.swagger;
  const version = typeof root.openapi === 'string' ? VERSION.exec(root.openapi)?.[1] : undefined;
  demand('OPENAPI_VERSION', version !== undefined, () => `${root.openapi === undefined && root.swagger !== undefined ? 'swagger' : 'openapi'}: ${JSON.stringify(declared) ?? 'nothing'} in ${file}`);
  return version as OpenApiVersion;
}

/** Keywords that only say that something below is wrong. */
const WRAPPERS = new Set(['oneOf', 'anyOf', 'allOf', 'not', 'if', 'then', 'else', '$ref']);

// A value that may also be a Reference Object fails once as itself and once for its missing $ref: the deepest complaint is the user's.
function worstOf(errors: readonly SchemaError[]): SchemaError | undefined {
  const own = errors.filter(({ keyword, params }) => !WRAPPERS.has(keyword) && params.missingProperty !== '$ref');
  return (own.length > 0 ? own : errors).reduce<SchemaError | undefined>((worst, error) => (worst === undefined || depth(error) > depth(worst) ? error : worst), undefined);
}

function depth({ instancePath }: SchemaError): number {
  return instancePath.split('/').length;
}

function words({ message, params }: SchemaError): string {
  const extra = params.additionalProperty ?? params.unevaluatedProperty;
  if (extra !== undefined) return `must not have the property '${extra}'`;
  if (Array.isArray(params.allowedValues)) return `must be one of ${params.allowedValues.join(', ')}`;
  return message ?? 'not allowed';
}
