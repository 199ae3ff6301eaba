import { LocalRefusal } from '../local-refusal';
import type { Asset } from './asset';
import { readStacks } from './cloud-assembly';
import { IntrinsicResolver } from './intrinsic-resolver';
import { referenceOf, attributeOf } from './resource-identity';
import type { Stack } from './stack';
import type { TemplateObject, TemplateValue } from './template';

/** One resource of an environment, with its properties resolved when they are first read. */
export interface AssemblyResource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  /** What `Ref` gives. */
  readonly reference: string;
  /** What `Fn::GetAtt` gives. */
  readonly attribute: (name: string) => string;
  /** Properties without intrinsic functions. */
  readonly properties: TemplateObject;
}

/** All stacks of one environment: its resources by type, its exports and its assets. */
export class EnvironmentAssembly {
  /** Reads an environment of the cloud assembly in the directory `app`. */
  public static read(app: string, environment?: string): EnvironmentAssembly {
    return new EnvironmentAssembly(readStacks(app, environment));
  }

  private readonly exports = new Map<string, () => TemplateValue>();
  private readonly all: readonly AssemblyResource[];
  private readonly resolvers: ReadonlyMap<Stack, IntrinsicResolver>;
  private answers = 0;

  constructor(public readonly stacks: readonly Stack[]) {
    const revision = (): number => this.answers;
    const resolvers = stacks.map((stack) => ({ stack, resolver: new IntrinsicResolver(stack, (name) => this.export(name)) }));
    this.resolvers = new Map(resolvers.map(({ stack, resolver }) => [stack, resolver]));
    for (const { stack, resolver } of resolvers) {
      for (const { Export, Value } of Object.values(stack.template.Outputs ?? {})) {
        if (Export !== undefined) this.exports.set(resolver.text(Export.Name), () => resolver.resolve(Value));
      }
    }
    this.all = resolvers.flatMap(({ stack, resolver }) => Object.entries(stack.template.Resources ?? {})
      .filter(([, resource]) => resolver.condition(resource.Condition))
      .map(([logicalId, resource]) => {
        let resolved: { readonly properties: TemplateObject; readonly revision: number } | undefined;
        const facts = {
          stack, logicalId, type: resource.Type,
          property: (name: string) => resource.Properties?.[name] === undefined ? undefined : resolver.text(resource.Properties[name]),
        };
        return {
          stack, logicalId, type: resource.Type,
          get reference() { return referenceOf(facts); },
          attribute: (name: string) => attributeOf(facts, name),
          get properties() {
            if (resolved?.revision !== revision()) resolved = { properties: resolver.resolve(resource.Properties ?? {}) as TemplateObject, revision: revision() };
            return resolved.properties;
          },
        };
      }));
  }

  /** Every resource of the given types, in template order. */
  public resources(...types: readonly string[]): readonly AssemblyResource[] {
    return types.length === 0 ? this.all : this.all.filter(({ type }) => types.includes(type));
  }

  /** Goes up when a custom resource answers: what was read of properties before may have changed. */
  public get revision(): number {
    return this.answers;
  }

  /** Takes what a custom resource answered: its attributes from now on. */
  public answered({ stack, logicalId }: AssemblyResource, attributes: { readonly [attribute: string]: string }): void {
    this.resolvers.get(stack)!.answered(logicalId, attributes);
    this.answers += 1;
  }

  /** How many resources of each type there are. */
  public get typeCounts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { type } of this.all) counts.set(type, (counts.get(type) ?? 0) + 1);
    return counts;
  }

  /**
   * The asset that deployment would put at `bucket`/`key`.
   *
   * @throws LocalRefusal where no stack of the environment publishes it
   */
  public asset(bucket: string, key: string): Asset {
    const candidates = this.stacks.flatMap(({ assets }) => assets).filter(({ objectKey }) => objectKey === key);
    const found = candidates.find(({ bucketName }) => bucketName === bucket) ?? candidates[0];
    if (found === undefined) {
      throw new LocalRefusal('LOCAL_ASSET', 'an object that a template points to is a file asset of its assembly', `s3://${bucket}/${key}`, 'an asset made with aws-s3-assets');
    }
    return found;
  }

  private export(name: string): TemplateValue {
    const value = this.exports.get(name);
    if (value === undefined) throw new LocalRefusal('LOCAL_EXPORT', 'an imported value is exported by a stack of the same environment', name, 'a stack that exports it');
    return value();
  }
}
