import type { Resource, StampedEnvironment } from './assembly';
import { isRecord, items, valueAt, type Path } from './value';

/** Where an intrinsic function leads: a logical id of the template it stands in, or a value that another stack exports. */
type Reference = { readonly logicalId: string } | { readonly exported: string };

/** One resource, as its own template and environment see it: what it refers to, and what refers to it. */
export class Scope {
  public constructor(private readonly environment: StampedEnvironment, public readonly resource: Resource) {}

  /** What conditions are about; `$type` is the type of the resource. */
  public get properties(): Readonly<Record<string, unknown>> {
    return { ...this.resource.properties, $type: this.resource.type };
  }

  /** The resource of the environment that a value is a reference to; none where it is anything else as well. */
  public follow(value: unknown): Scope | undefined {
    const [reference] = isRecord(value) && Object.keys(value).length === 1 ? named(value) : [];
    return reference === undefined ? undefined : this.resolve(reference);
  }

  /** Every resource of the environment that a value refers to, inside joins and substitutions as well. */
  public mentioned(value: unknown): readonly Scope[] {
    return all(value).flatMap((reference) => this.resolve(reference) ?? []);
  }

  /** The resources of a type that refer to this one at a path. */
  public referrers(type: string, path: Path): readonly Scope[] {
    return this.environment.resources
      .filter((candidate) => candidate.type === type)
      .map((candidate) => new Scope(this.environment, candidate))
      .filter((candidate) => candidate.mentioned(valueAt(candidate.properties, path)).some(({ resource }) => resource === this.resource));
  }

  /** The resources of a type in the same environment. */
  public stamped(type: string): readonly Scope[] {
    return this.environment.resources.filter((candidate) => candidate.type === type).map((candidate) => new Scope(this.environment, candidate));
  }

  /** The resources of a type in the same stack. */
  public beside(type: string): readonly Scope[] {
    return this.environment.resources.filter((candidate) => candidate.type === type && candidate.stack === this.resource.stack).map((candidate) => new Scope(this.environment, candidate));
  }

  private resolve(reference: Reference): Scope | undefined {
    const { stack, logicalId } = 'exported' in reference ? this.origin(reference.exported) : { stack: this.resource.stack, ...reference };
    const found = this.environment.resources.find((one) => one.logicalId === logicalId && one.stack === stack);
    return found && new Scope(this.environment, found);
  }

  private origin(name: string): { stack?: string; logicalId?: string } {
    const exported = this.environment.exports.get(name);
    const [reference] = named(exported?.value);
    return { stack: exported?.stack, logicalId: reference !== undefined && 'logicalId' in reference ? reference.logicalId : undefined };
  }
}

/** What an intrinsic function leads to. */
function named(value: unknown): Reference[] {
  if (!isRecord(value)) return [];
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::ImportValue': exported } = value;
  const owner: unknown = Array.isArray(attribute) ? attribute[0] : String(attribute).split('.')[0];
  const own = [ref, attribute === undefined ? undefined : owner].filter((name) => typeof name === 'string');
  return [...own.map((logicalId) => ({ logicalId })), ...(typeof exported === 'string' ? [{ exported }] : [])];
}

/** What stands in `${…}` of a substitution. */
function substituted(value: unknown): Reference[] {
  const substitution = isRecord(value) ? value['Fn::Sub'] : undefined;
  const template: unknown = Array.isArray(substitution) ? substitution[0] : substitution;
  return typeof template === 'string' ? [...template.matchAll(/\$\{([A-Za-z0-9]+)(\.[^}]*)?\}/g)].map(([, logicalId = '']) => ({ logicalId })) : [];
}

function all(value: unknown): Reference[] {
  return [...named(value), ...substituted(value), ...items(value).flatMap(all)];
}
