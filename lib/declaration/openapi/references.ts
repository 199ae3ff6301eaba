import { Refusal, demand } from '../../private/refusal';
import { OpenApiDocument } from './document';
import { Node, isNode } from './node';
import { pathOf, pointerOf, schemaReference } from './pointer';

/** Keys whose values are examples and other literals, in which a `$ref` means nothing. */
const LITERALS = new Set(['example', 'examples', 'default', 'enum', 'const', 'mapping']);

/** Keys whose values are maps, so that the keys below are names and not keywords. */
const MAPS = new Set([
  'properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'schemas', 'responses', 'parameters', 'requestBodies',
  'headers', 'securitySchemes', 'links', 'callbacks', 'pathItems', 'paths', 'webhooks', 'content', 'encoding',
]);

/** The `$ref`s of a document: each is checked once, and found again by its text. */
export class References {
  private readonly targets = new Map<string, Node>();
  private readonly lifted = new Map<string, string>();
  private readonly path: string[] = [];

  /** Checks every `$ref` of a document, and rewrites those of its schemas to `#/components/schemas/NAME`. */
  public constructor(private readonly document: OpenApiDocument) {
    this.walk(document.root, { names: false, schema: false });
  }

  /** What a node stands for: itself, or what its `$ref` leads to. */
  public resolve(node: Node): Node {
    return typeof node.$ref === 'string' ? this.targets.get(node.$ref)! : node;
  }

  private walk(node: unknown, place: { names: boolean; schema: boolean }): void {
    if (typeof node !== 'object' || node === null) return;
    if (!place.names && typeof (node as Node).$ref === 'string') this.visitReference(node as Node, place.schema);
    for (const key of Object.keys(node)) {
      if (!place.names && (LITERALS.has(key) || key.startsWith('x-'))) continue;
      const child = (node as Node)[key] as unknown;
      if (typeof child !== 'object' || child === null) continue;
      this.path.push(key);
      this.walk(child, { names: !place.names && MAPS.has(key), schema: place.schema || (!place.names && (key === 'schema' || key === 'schemas')) });
      this.path.pop();
    }
  }

  private visitReference(node: Node, schema: boolean): void {
    const reference = node.$ref as string;
    if (!this.targets.has(reference)) this.targets.set(reference, this.follow(reference));
    if (!schema) return;
    // OpenAPI 3.0 ignores what stands beside a $ref; 3.1 applies it.
    if (this.document.version === '3.0') for (const key of Object.keys(node)) if (key !== '$ref') Reflect.deleteProperty(node, key);
    const path = pathOf(reference)!;
    const direct = path.length === 3 && path[0] === 'components' && path[1] === 'schemas';
    node.$ref = direct ? schemaReference(path[2]!) : this.lift(reference, path);
    if (node.$ref !== reference) this.targets.set(node.$ref as string, this.targets.get(reference)!);
  }

  // A gateway model can refer to other models only, so a schema inside something else gets a name of its own.
  private lift(reference: string, path: readonly string[]): string {
    const known = this.lifted.get(reference);
    if (known !== undefined) return known;
    // What holds the schemas cannot become one of them.
    const holder = path.every((key, index) => key === ['components', 'schemas'][index]);
    demand('OPENAPI_REF', !holder, () => `${this.here()}: '${reference}', which is no schema`, 'the $ref of a schema');
    const components = (this.document.root.components ??= {}) as Node;
    const schemas = (components.schemas ??= {}) as Node;
    let name = path.join('_').replace(/[^A-Za-z0-9]+/g, '_');
    while (Object.hasOwn(schemas, name)) name += '_';
    const target = this.at(reference);
    schemas[name] = target;
    const lifted = schemaReference(name);
    this.lifted.set(reference, lifted);
    this.walk(target, { names: false, schema: true });
    return lifted;
  }

  private follow(reference: string): Node {
    const seen = [reference];
    let target = this.at(reference);
    while (isNode(target) && typeof target.$ref === 'string') {
      const next = target.$ref;
      if (seen.includes(next)) throw new Refusal('OPENAPI_CIRCULAR', `${this.here()}: ${[...seen, next].join(' -> ')}`);
      seen.push(next);
      target = this.at(next);
    }
    return target as Node;
  }

  private at(reference: string): unknown {
    const path = pathOf(reference);
    demand('OPENAPI_REF', path !== undefined, () => `${this.here()}: '${reference}'`);
    let target: unknown = this.document.root;
    for (const key of path) {
      const found = typeof target === 'object' && target !== null && Object.hasOwn(target, key);
      demand('OPENAPI_REF', found, () => `${this.here()}: '${reference}', where there is nothing`, 'the $ref of something that exists');
      target = (target as Node)[key];
    }
    demand('OPENAPI_REF', isNode(target) || typeof target === 'boolean', () => `${this.here()}: '${reference}', which is ${Array.isArray(target) ? 'a list' : `a ${typeof target}`}`, 'the $ref of an object');
    return target;
  }

  private here(): string {
    return `${this.document.file}#${pointerOf([...this.path, '$ref'])}`;
  }
}
