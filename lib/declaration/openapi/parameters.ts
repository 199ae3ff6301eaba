import { Parameter } from '../operation';
import { ParameterLocation } from '../parameter-location';
import { demand } from '../../private/refusal';
import { OpenApiDocument } from './document';
import { Node, isNode, nodesOf } from './node';
import { pointerOf } from './pointer';
import { References } from './references';

/** Parameters of one operation, and what of them the gateway does not check. */
export interface ImportedParameters {
  readonly parameters: Parameter[];
  readonly notEnforced: string[];
}

interface ImportedParameter {
  readonly parameter?: Parameter;
  readonly note?: string;
}

/** Header parameters that the OpenAPI Specification ignores: other parts of a document describe them. */
const DESCRIBED_ELSEWHERE = new Set(['accept', 'content-type', 'authorization']);

/** How parameters are written when the document does not say. */
const DEFAULT_STYLE: { readonly [location: string]: string } = { query: 'form', cookie: 'form', path: 'simple', header: 'simple' };

const LOCATIONS = new Set<unknown>(Object.keys(DEFAULT_STYLE));

/** Those that the gateway looks at: a cookie is none. */
const CHECKED: ReadonlyMap<string, ParameterLocation> = new Map(Object.values(ParameterLocation).map((location) => [location, location]));

/** Constraints that are named with their value. */
const VALUED = [
  'format', 'pattern', 'const', 'minLength', 'maxLength', 'minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf',
  'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties',
];

/** Constraints that are only named. */
const NAMED = ['items', 'prefixItems', 'contains', 'properties', 'required', 'additionalProperties', 'allOf', 'oneOf', 'anyOf', 'not', 'if'];

/** The parameters of a document; one that many operations share is read once. */
export class Parameters {
  private readonly known = new Map<Node, ImportedParameter>();

  public constructor(private readonly document: OpenApiDocument, private readonly references: References) {}

  /** Parameters of an operation: those of its path item, unless it declares them again, and those of its path's template. */
  public import(path: string, ofPathItem: unknown, ofOperation: unknown): ImportedParameters {
    const merged = new Map<string, Node>();
    for (const node of [...nodesOf(ofPathItem), ...nodesOf(ofOperation)]) {
      const parameter = this.references.resolve(node);
      demand('OPENAPI_INVALID', LOCATIONS.has(parameter.in) && typeof parameter.name === 'string', () => `${this.document.file}#${pointerOf(['paths', path])}: must have a parameter where there is '${node.$ref}'`);
      merged.set(`${parameter.in} ${parameter.name}`, parameter);
    }
    const parameters: Parameter[] = [];
    const notEnforced: string[] = [];
    const template = new Set(Array.from(path.matchAll(/\{([^}]*)\}/g), ([, name]) => name!));
    for (const node of merged.values()) {
      if (node.in === 'path' && !template.has(node.name as string)) {
        notEnforced.push(`path parameter '${node.name}' is not part of the path`);
        continue;
      }
      const { parameter, note } = this.importOne(node);
      if (parameter) parameters.push(parameter);
      if (note !== undefined) notEnforced.push(note);
    }
    for (const name of template) {
      if (!merged.has(`path ${name}`)) parameters.push({ name, location: ParameterLocation.PATH, required: true });
    }
    return { parameters, notEnforced };
  }

  private importOne(node: Node): ImportedParameter {
    let imported = this.known.get(node);
    if (imported === undefined) this.known.set(node, (imported = this.importNew(node)));
    return imported;
  }

  private importNew(node: Node): ImportedParameter {
    const name = node.name as string;
    const location = CHECKED.get(node.in as string);
    const title = `${node.in} parameter '${name}'`;
    if (location === undefined) return { note: `${title} is not checked` };
    if (location === ParameterLocation.HEADER && DESCRIBED_ELSEWHERE.has(name.toLowerCase())) return { note: `${title} is ignored, as the OpenAPI Specification says` };
    const schema = isNode(node.schema) ? this.references.resolve(node.schema) : {};
    const dropped = constraintsOf(node, schema).join(', ');
    const unseen = node.required === true ? whyUnseen(node, schema) : undefined;
    const required = location === ParameterLocation.PATH || (node.required === true && unseen === undefined);
    const present = required && location !== ParameterLocation.PATH ? 'is checked to be there; not checked:' : 'is not checked for';
    return {
      parameter: { name, location, required },
      note: unseen !== undefined ? `${title} ${unseen}${dropped && `; not checked: ${dropped}`}` : dropped ? `${title} ${present} ${dropped}` : undefined,
    };
  }
}

// The gateway looks for a parameter of exactly this name with a value that is not blank.
function whyUnseen(node: Node, schema: Node): string | undefined {
  if (node.in !== 'query') return undefined;
  if (node.allowEmptyValue === true) return 'may be empty, so it is not checked to be there';
  const exploded = node.style === 'deepObject' || (node.style ?? 'form') === 'form' && (node.explode ?? true);
  const isObject = schema.properties !== undefined || [schema.type].flat().includes('object');
  return exploded && isObject ? 'is sent as several query parameters, so it is not checked to be there' : undefined;
}

function constraintsOf(node: Node, schema: Node): string[] {
  const type = [schema.type].flat().join(' or ');
  const usual = DEFAULT_STYLE[String(node.in)];
  const style = node.style ?? usual;
  return [
    ...(type !== '' && type !== 'string' ? [`type ${type}`] : []),
    ...(Array.isArray(schema.enum) ? [`enum of ${schema.enum.length}`] : []),
    ...VALUED.filter((keyword) => schema[keyword] !== undefined && schema[keyword] !== false).map((keyword) => `${keyword} ${schema[keyword]}`),
    ...NAMED.filter((keyword) => schema[keyword] !== undefined),
    ...(style !== usual ? [`style ${style}`] : []),
    ...(node.explode !== undefined && node.explode !== (style === 'form') ? [`explode ${node.explode}`] : []),
    ...(node.allowReserved === true ? ['allowReserved'] : []),
    ...(isNode(node.content) ? [`content ${Object.keys(node.content).join(', ')}`] : []),
  ];
}
