import { statSync } from 'fs';
import { extname } from 'path';
import { Refusal, demand } from '../../private/refusal';
import { fileFault, readText } from '../../private/text-file';
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

const PARSES = 'the document so that it parses from there on';

/** Reads and checks an OpenAPI document. */
export function readDocument(file: string): OpenApiDocument {
  const parse = PARSERS[extname(file).toLowerCase()];
  const text = readDocumentText(file);
  demand('OPENAPI_FILE', parse !== undefined, () => `'${file}': an extension other than .json, .yaml and .yml`);
  const root = parse(text, file);
  checkExtent(root, file, parse !== parseJson);
  demand('OPENAPI_INVALID', isNode(root), () => `${file}#: must be object`);
  const version = versionOf(root, file);
  const error = worstOf(schemaErrors(version, root));
  demand('OPENAPI_INVALID', error === undefined, () => `${file}#${error!.instancePath}: ${words(error!)}`);
  return { file, version, root };
}

function readDocumentText(file: string): string {
  try {
    const { size } = statSync(file);
    demand('OPENAPI_SIZE', size <= MAXIMUM_SIZE, () => `${file} of ${(size / 1024 / 1024).toFixed(1)} MiB`);
    const text = readText(file);
    demand('OPENAPI_FILE', text.trim() !== '', () => `'${file}': empty`, 'an OpenAPI document in that file');
    return text;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('OPENAPI_FILE', fileFault(file, error));
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('OPENAPI_FILE', `${file}: ${jsonError(text)}`, PARSES);
  }
}

function parseYamlDocument(text: string, file: string): unknown {
  try {
    return parseYaml(text, MAXIMUM_DEPTH);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    if (/nesting exceeded/.test(error.message)) throw new Refusal('OPENAPI_SIZE', `${file}: ${error.message}`);
    throw new Refusal('OPENAPI_FILE', `${file}: ${error.message}`, PARSES);
  }
}

function versionOf(root: Node, file: string): OpenApiVersion {
  demand('OPENAPI_VERSION', root.openapi !== undefined || root.swagger === undefined, () => `swagger: ${JSON.stringify(root.swagger)} in ${file}`, 'a document converted to OpenAPI 3.x (npx swagger2openapi)');
  const version = typeof root.openapi === 'string' ? VERSION.exec(root.openapi)?.[1] : undefined;
  demand('OPENAPI_VERSION', version !== undefined, () => `openapi: ${JSON.stringify(root.openapi) ?? 'nothing'} in ${file}`);
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
