import { Parameter } from '../operation';
import { ParameterLocation } from '../parameter-location';
import { demand } from '../../private/refusal';
import { OpenApiDocument } from './document';
import { Node, isNode, nodesOf } from './node';
import { pointerOf } from './pointer';
import { References } from './references';

/** Parameters of one operation, and what of them is not read. */
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

const LOCATIONS = new Set<unknown>(['query', 'cookie', 'path', 'header']);

/** Those that the gateway looks at: a cookie is none. */
const CHECKED: ReadonlyMap<string, ParameterLocation> = new Map(Object.values(ParameterLocation).map((location) => [location, location]));

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
    const required = location === ParameterLocation.PATH || node.required === true;
    const { schema, style, explode } = node;
    return {
      parameter: {
        name, location, required,
        ...(schema !== undefined && { schema }),
        ...(typeof style === 'string' && { style }),
        ...(typeof explode === 'boolean' && { explode }),
        ...(node.allowEmptyValue === true && { mayBeEmpty: true }),
      },
      note: isNode(node.content) ? `${title} is not checked for content ${Object.keys(node.content).join(', ')}` : undefined,
    };
  }
}
