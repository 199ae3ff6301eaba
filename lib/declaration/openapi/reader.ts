import { createRequire } from 'module';
import { packagedFile } from '../../private/packaged-file';

/** Versions of the OpenAPI Specification that can be declared. */
export type OpenApiVersion = '3.0' | '3.1';

/** What is wrong at one place of a document, as the official JSON schema says. */
export interface SchemaError {
  /** JSON pointer. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: { readonly [name: string]: unknown };
}

/** A compiled JSON schema; leaves what it found in `errors`. */
export interface Validator {
  (document: unknown): boolean;
  readonly errors?: SchemaError[] | null;
}

interface Position {
  readonly line: number;
  readonly col: number;
}

interface YamlDocument {
  readonly errors: { readonly message: string; readonly pos: [number, number] }[];
  toJS(options: { maxAliasCount: number }): unknown;
}

interface Reader {
  readonly yaml: {
    parseDocument(text: string, options: object): YamlDocument;
    readonly LineCounter: new () => { linePos(offset: number): Position };
  };
  readonly validators: { readonly [version in OpenApiVersion]: Validator };
}

/** A text that is not YAML: where, and why. */
export class YamlError extends Error {}

/** The value of a YAML text; aliases share one object. */
export function parseYaml(text: string): unknown {
  const { parseDocument, LineCounter } = reader().yaml;
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, merge: true, logLevel: 'silent' });
  const error = document.errors[0];
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw new YamlError(`line ${line}, column ${col}: ${error.message.split('\n')[0]}`);
  }
  // The parser's own limit refuses harmless documents that use one anchor often; checkExtent measures instead.
  return document.toJS({ maxAliasCount: -1 });
}

/** What the official JSON schema of a version finds wrong with a document; empty when nothing. */
export function schemaErrors(version: OpenApiVersion, document: unknown): readonly SchemaError[] {
  const validate = reader().validators[version];
  return validate(document) ? [] : (validate.errors ?? []);
}

// Bundled by the build and loaded when the first document is read: an app without OpenAPI pays nothing.
function reader(): Reader {
  return createRequire(__filename)(packagedFile('openapi/reader.js')) as Reader;
}
