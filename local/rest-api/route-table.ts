import type { ApiDocument, Operation } from './api-document';

/** A matched operation: its resource path as declared and the path parameters of the request, percent-encoded as they were sent. */
export interface Route {
  readonly resourcePath: string;
  readonly operation: Operation;
  readonly pathParameters: { readonly [name: string]: string };
}

interface Node {
  readonly literals: Map<string, Node>;
  parameter?: { readonly name: string; readonly node: Node };
  greedy?: { readonly name: string; readonly node: Node };
  path?: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const ANY = 'x-amazon-apigateway-any-method';

/**
 * Finds the operation of a request: a literal segment wins over a path parameter, that over a greedy one.
 *
 * A trailing slash does not matter; case does. Events of a REST API carry path parameters as sent; only those of an HTTP API are
 * decoded (https://github.com/serverless/serverless/issues/5037, https://github.com/middleapi/standard-server/pull/93).
 */
export class RouteTable {
  private readonly root: Node = { literals: new Map() };

  constructor(private readonly document: ApiDocument) {
    for (const path of Object.keys(document.paths ?? {})) this.add(path);
  }

  /** The operation for a method and a raw path below the base path; nothing where path or method is unknown. */
  public find(method: string, path: string): Route | undefined {
    const segments = path.split('/').slice(1);
    if (segments.at(-1) === '') segments.pop();
    const found = match(this.root, segments, {});
    if (found === undefined) return undefined;
    const item = this.document.paths![found.resourcePath]!;
    const operation = (item[method.toLowerCase()] ?? item[ANY]) as Operation | undefined;
    return operation === undefined ? undefined : { ...found, operation };
  }

  /** Every declared operation, any-method ones as method `ANY`. */
  public *operations(): Generator<{ readonly method: string; readonly path: string; readonly operation: Operation }> {
    for (const [path, item] of Object.entries(this.document.paths ?? {})) {
      for (const method of [...METHODS, ANY]) {
        if (item[method] !== undefined) yield { method: method === ANY ? 'ANY' : method.toUpperCase(), path, operation: item[method] as Operation };
      }
    }
  }

  private add(path: string): void {
    let node = this.root;
    for (const segment of path.split('/').filter((part) => part !== '')) {
      const [, name, plus] = /^\{(.+?)(\+?)\}$/.exec(segment) ?? [];
      if (name === undefined) {
        if (!node.literals.has(segment)) node.literals.set(segment, { literals: new Map() });
        node = node.literals.get(segment)!;
      } else if (plus === '+') {
        node = (node.greedy ??= { name, node: { literals: new Map() } }).node;
      } else {
        node = (node.parameter ??= { name, node: { literals: new Map() } }).node;
      }
    }
    node.path = path;
  }
}

type Match = Omit<Route, 'operation'>;

function match(node: Node, segments: readonly string[], parameters: { readonly [name: string]: string }): Match | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return node.path === undefined ? undefined : { resourcePath: node.path, pathParameters: parameters };
  const literal = node.literals.get(segment) ?? node.literals.get(decoded(segment));
  return (literal && match(literal, rest, parameters))
    ?? (node.parameter && segment !== '' ? match(node.parameter.node, rest, { ...parameters, [node.parameter.name]: segment }) : undefined)
    ?? (node.greedy && match(node.greedy.node, [], { ...parameters, [node.greedy.name]: segments.join('/') }));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
