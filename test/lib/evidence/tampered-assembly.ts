import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** JSON of which a test knows the shape. */
export type Loose = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** The files of a synthesized assembly, changed by hand after synthesis; `restore` takes every change back. */
export class TamperedAssembly {
  private readonly originals = new Map<string, string>();

  public constructor(private readonly directory: string) {}

  /** Changes the properties of the first resource of a type in one environment that is such. */
  public resource(type: string, change: (properties: Loose) => unknown, isSuch: (properties: Loose, logicalId: string) => boolean = () => true): void {
    this.template(type, isSuch, (resources, id) => change(resources[id].Properties as Loose));
  }

  /** Changes the properties of the resource of a type with a logical id, in one environment. */
  public named(type: string, logicalId: string, change: (properties: Loose) => unknown): void {
    this.firstFile(this.directory, /\.template\.json$/, ({ Resources = {} }) => (Resources as Loose)[logicalId]?.Type === type && apply(change, (Resources as Loose)[logicalId].Properties as Loose));
  }

  /** Changes the metadata of the first resource of a type in one environment. */
  public metadata(type: string, change: (metadata: Loose) => unknown): void {
    this.template(type, () => true, (resources, id) => change(resources[id].Metadata as Loose));
  }

  /** Takes away the first resource of a type in one environment that is such. */
  public without(type: string, isSuch: (properties: Loose, logicalId: string) => boolean = () => true): void {
    this.template(type, isSuch, (resources, id) => Reflect.deleteProperty(resources, id));
  }

  /** Changes the first description of an API that is such. */
  public body(change: (body: Loose) => unknown, isSuch: (body: Loose) => boolean = servesOperations): void {
    this.firstFile(this.directory, /\.json$/, (document) => typeof document.openapi === 'string' && isSuch(document) && apply(change, document));
  }

  /** Changes the first operation of an API that has an authorizer. */
  public operation(change: (operation: Loose) => unknown): void {
    this.body((body) => change(operations(body).find(({ security }) => security !== undefined) as Loose));
  }

  /** Changes the configuration of the authorizer of a security domain. */
  public configuration(securityDomain: string, change: (configuration: Loose) => unknown): void {
    this.firstFile(this.directory, /configuration\.json$/, (document) => document.securityDomain === securityDomain && document.environment === 'Production' && apply(change, document));
  }

  public restore(): void {
    for (const [file, text] of this.originals) writeFileSync(file, text);
    this.originals.clear();
  }

  /** Adds a resource to a template in one environment. */
  public add(type: string, properties: Loose): void {
    this.firstFile(join(this.directory, 'assembly-Production'), /\.template\.json$/, (template) => {
      (template.Resources as Loose).Added = { Type: type, Properties: properties };
      return true;
    });
  }

  private template(type: string, isSuch: (properties: Loose, logicalId: string) => boolean, change: (resources: Loose, id: string) => unknown): void {
    this.firstFile(this.directory, /\.template\.json$/, ({ Resources = {} }) => {
      const [id] = Object.entries(Resources as Record<string, Loose>).find(([logicalId, { Type, Properties = {} }]) => Type === type && isSuch(Properties as Loose, logicalId)) ?? [];
      if (id !== undefined) change(Resources as Loose, id);
      return id !== undefined;
    });
  }

  private firstFile(directory: string, name: RegExp, change: (document: Loose) => boolean): void {
    // Production first: what it does in another way, as signing in KMS, another environment has.
    const found = filesBelow(directory).filter((path) => name.test(path));
    for (const file of [...found.filter(inProduction), ...found.filter((path) => !inProduction(path))]) {
      const text = readFileSync(file, 'utf8');
      const document = JSON.parse(text) as Loose;
      if (!change(document)) continue;
      if (!this.originals.has(file)) this.originals.set(file, text);
      writeFileSync(file, JSON.stringify(document));
      return;
    }
    throw new Error(`nothing to tamper with in ${directory}`);
  }
}

function inProduction(path: string): boolean {
  return path.includes('assembly-Production');
}

/** The operations of a description. */
export function operations(body: Loose): Loose[] {
  return Object.values((body.paths ?? {}) as Record<string, Loose>).flatMap((item) => Object.values(item) as Loose[]);
}

/** True for the description of an API that reaches a service. */
export function servesOperations(body: Loose): boolean {
  return operations(body).some((operation) => operation.security !== undefined && operation['x-amazon-apigateway-integration']?.type !== 'mock');
}

function apply(change: (document: Loose) => unknown, document: Loose): true {
  change(document);
  return true;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory).sort().map((name) => join(directory, name)).flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}
