import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { ValidateFunction } from 'ajv';
import type { ApiDocument, Schema } from './api-document';

// Keywords that the import of an OpenAPI body drops; see "Amazon API Gateway important notes" (OpenAPI limitations).
const DROPPED = new Set(['nullable', 'discriminator', 'example', 'examples', 'xml', 'externalDocs', 'readOnly', 'writeOnly', 'deprecated', 'maxItems', 'minItems']);
const NAMED_MEMBERS = new Set(['properties', 'patternProperties', 'definitions', 'schemas']);
const DATA_MEMBERS = new Set(['default', 'enum', 'required']);
const ROOT = 'body.json';
// RFC 8259 section 8.1: JSON is exchanged in UTF-8. A lenient reader would validate another text than the service gets.
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Validates request bodies against the models of an API document: JSON schema draft 4. */
export class SchemaValidation {
  // Own properties only: the platform's validator knows none that every object inherits, such as `constructor`.
  private readonly ajv = new Ajv({ ownProperties: true, strict: false, allErrors: true, logger: false, unicodeRegExp: false });
  private readonly compiled = new Map<Schema, ValidateFunction>();

  constructor(document: ApiDocument) {
    addFormats(this.ajv as never, ['date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri']);
    this.ajv.addSchema({ components: { schemas: asModels(document.components?.schemas ?? {}, true) } }, ROOT);
  }

  /** What is wrong with a body, in the validator's words; nothing where it is valid. An empty body is held to its model as `{}`. */
  public problem(schema: Schema, body: Buffer): string | undefined {
    let value: unknown;
    try {
      value = body.length === 0 ? {} : JSON.parse(UTF_8.decode(body));
    } catch {
      return 'the request body is not JSON';
    }
    const validate = this.validator(schema);
    let valid: boolean;
    try {
      valid = validate(value) === true;
    } catch {
      // A model that contains itself is walked as deep as the body nests.
      return 'the request body nests too deep';
    }
    return valid ? undefined : `[${(validate.errors ?? []).map(({ instancePath, message }) => [instancePath, message].filter(Boolean).join(' ')).join(', ')}]`;
  }

  private validator(schema: Schema): ValidateFunction {
    let validate = this.compiled.get(schema);
    if (validate === undefined) {
      validate = this.ajv.compile(asModels(schema, false) as Schema);
      this.compiled.set(schema, validate);
    }
    return validate;
  }
}

function asModels(value: unknown, named: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => asModels(item, false));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => {
    if (!named && (DROPPED.has(key) || key.startsWith('x-'))) return [];
    if (!named && key === '$ref' && typeof member === 'string' && member.startsWith('#')) return [[key, `${ROOT}${member}`]];
    if (!named && DATA_MEMBERS.has(key)) return [[key, member]];
    return [[key, asModels(member, !named && NAMED_MEMBERS.has(key))]];
  }));
}
