import { demand } from '../../private/refusal';
import { HttpMethod } from '../http-method';
import { Operation } from '../operation';
import { Scopes } from '../scopes';
import { importAuthenticationLevel } from './authentication';
import { OpenApiDocument, readDocument } from './document';
import { Node, entriesOf, isNode } from './node';
import { Parameters } from './parameters';
import { pointerOf } from './pointer';
import { References } from './references';
import { importBody } from './request-body';
import { SecuritySchemes } from './security';

/** What an OpenAPI document declares. */
export interface ImportedOpenApi {
  readonly operations: Operation[];
  readonly schemas: { [name: string]: unknown };
  readonly scopeVocabulary?: string[];
  /** What belongs to no operation and is not enforced. */
  readonly notEnforced: string[];
}

const METHODS = Object.values(HttpMethod);

/** Reads an OpenAPI document into operations; `scopes` is for operations whose document names none. */
export function importOpenApi(file: string, scopes: Scopes | undefined): ImportedOpenApi {
  const document = readDocument(file);
  const references = new References(document);
  const security = new SecuritySchemes(document, references, scopes);
  const { operations, notEnforced } = new Paths(document, references, security);
  const { components } = document.root;
  const schemas = isNode(components) && isNode(components.schemas) ? components.schemas : {};
  return { operations, schemas, scopeVocabulary: security.vocabulary, notEnforced };
}

/** The operations below `paths`. Callbacks, webhooks and links are requests of the service and not to it. */
class Paths {
  public readonly operations: Operation[] = [];
  /** Of paths without an operation, such as one with TRACE alone. */
  public readonly notEnforced: string[] = [];
  private readonly parameters: Parameters;
  private readonly ids = new Map<string, string>();

  public constructor(private readonly document: OpenApiDocument, private readonly references: References, private readonly security: SecuritySchemes) {
    this.parameters = new Parameters(document, references);
    for (const [path, item] of entriesOf(document.root.paths)) {
      if (!path.startsWith('x-')) this.importPath(path, item);
    }
  }

  private importPath(path: string, declared: Node): void {
    const item: Node = { ...this.references.resolve(declared), ...declared };
    const notes = [
      ...(item.servers !== undefined ? [`servers of ${path}: the backend of the API service is called instead`] : []),
      ...(item.trace !== undefined ? [`trace ${path}: the gateway offers no TRACE`] : []),
    ];
    for (const method of METHODS) {
      const operation = item[method.toLowerCase()];
      if (isNode(operation)) this.operations.push(this.importOperation(method, path, item, operation, notes));
    }
    if (METHODS.every((method) => item[method.toLowerCase()] === undefined)) this.notEnforced.push(...notes);
  }

  private importOperation(method: HttpMethod, path: string, item: Node, operation: Node, notes: readonly string[]): Operation {
    const place = ['paths', path, method.toLowerCase()];
    const requirements = operation.security ?? this.document.root.security;
    const security = this.security.import(requirements, operation.security === undefined ? ['security'] : [...place, 'security']);
    const { parameters, notEnforced } = this.parameters.import(path, item.parameters, operation.parameters);
    const body = importBody(method, isNode(operation.requestBody) ? this.references.resolve(operation.requestBody) : undefined);
    const servers = operation.servers === undefined ? [] : ['servers: the backend of the API service is called instead'];
    return new Operation({
      method,
      path,
      id: this.idOf(operation, item, place),
      scopes: security.scopes,
      authenticationLevel: importAuthenticationLevel(this.document, [[operation, place], [item, ['paths', path]], [this.document.root, []]]),
      parameters,
      content: body.content,
      contentRequired: body.contentRequired,
      notEnforced: [...security.notEnforced, ...notEnforced, ...body.notEnforced, ...servers, ...notes],
    });
  }

  private idOf({ operationId }: Node, item: Node, place: readonly string[]): string | undefined {
    if (typeof operationId !== 'string' || operationId === '') return undefined;
    const pointer = pointerOf(place);
    const taken = this.ids.get(operationId);
    // A path item that two paths share repeats its operation ids; the second path goes by method and path.
    if (taken !== undefined && item.$ref !== undefined) return undefined;
    demand('OPENAPI_INVALID', taken === undefined, () => `${this.document.file}#${pointer}/operationId: must be unique, and #${taken} is '${operationId}' too`);
    this.ids.set(operationId, pointer);
    return operationId;
  }
}
