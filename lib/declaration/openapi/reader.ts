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

/** What the parser throws. */
interface YamlMistake {
  readonly name: string;
  readonly reason?: string;
  readonly mark?: { readonly line: number; readonly column: number };
}

interface YamlParser {
  load(text: string, options: object): unknown;
  readonly CORE_SCHEMA: { withTags(tag: unknown): unknown };
  readonly mergeTag: unknown;
}

/** A text that is not YAML: where, and why. */
export class YamlError extends Error {}

/** The value of a YAML text, in which aliases share one object; nothing may nest deeper than `maxDepth`. */
export function parseYaml(text: string, maxDepth: number): unknown {
  const { load, CORE_SCHEMA, mergeTag } = bundled('yaml') as YamlParser;
  try {
    return load(text, { schema: CORE_SCHEMA.withTags(mergeTag), maxDepth });
  } catch (error) {
    const { name, reason, mark } = error as YamlMistake;
    if (name !== 'YAMLException') throw error;
    throw new YamlError(`${mark ? `line ${mark.line + 1}, column ${mark.column + 1}: ` : ''}${reason}`);
  }
}

/** What the official JSON schema of a version finds wrong with a document; empty when nothing. */
export function schemaErrors(version: OpenApiVersion, document: unknown): readonly SchemaError[] {
  const { validate } = bundled(`validator-${version}`) as { readonly validate: Validator };
  return validate(document) ? [] : (validate.errors ?? []);
}

// Bundled by the build and loaded when a document asks for it: an app without OpenAPI pays nothing.
function bundled(name: string): unknown {
  return createRequire(__filename)(packagedFile(`openapi/${name}.js`));
}
