/** A refusal of Secrets Manager, with the exception name that its clients know. */
export class SecretsManagerError extends Error {
  constructor(public readonly type: 'ResourceNotFoundException' | 'InvalidParameterException' | 'InvalidRequestException' | 'ResourceExistsException' | 'UnknownOperationException', message: string) {
    super(message);
  }
}

/** One version of a secret. A rotation begins with a version that has stages and no value. */
export interface SecretVersion {
  readonly id: string;
  value?: { readonly SecretString?: string; readonly SecretBinary?: string };
  readonly stages: Set<string>;
  readonly createdAt: number;
}

const NOT_FOUND = 'Secrets Manager can\'t find the specified secret';

/** A secret with its versions; stage labels are on one version each, AWSCURRENT moving makes the old one AWSPREVIOUS. */
export class Secret {
  public rotationFunction?: string;
  public readonly createdAt = Date.now() / 1000;
  private readonly versions = new Map<string, SecretVersion>();

  constructor(public readonly arn: string, public readonly name: string) {}

  /** All versions, oldest first. */
  public get all(): readonly SecretVersion[] {
    return [...this.versions.values()];
  }

  /** The version with an id, a stage (AWSCURRENT where neither is given), or both. @throws SecretsManagerError */
  public version(id: string | undefined, stage: string | undefined): SecretVersion {
    const wanted = id === undefined ? stage ?? 'AWSCURRENT' : stage;
    const found = this.all.find((version) => (id === undefined || version.id === id) && (wanted === undefined || version.stages.has(wanted)));
    if (found?.value === undefined) {
      throw new SecretsManagerError('ResourceNotFoundException', `${NOT_FOUND} value for ${id === undefined ? `staging label: ${wanted!}` : `VersionId: ${id}`}`);
    }
    return found;
  }

  /**
   * Stores a value as version `id`; the same again is no change.
   *
   * @throws SecretsManagerError ResourceExistsException where the version holds another value
   */
  public put(id: string, value: { readonly SecretString?: string; readonly SecretBinary?: string }, stages: readonly string[]): SecretVersion {
    let version = this.versions.get(id);
    if (version?.value !== undefined && JSON.stringify(version.value) !== JSON.stringify(value)) {
      throw new SecretsManagerError('ResourceExistsException', 'The operation failed because you tried to put a value with a ClientRequestToken that already exists.');
    }
    if (version?.value !== undefined) return version;
    version ??= { id, stages: new Set<string>(), createdAt: Date.now() / 1000 };
    version.value = value;
    this.versions.set(id, version);
    for (const stage of this.versions.size === 1 ? [...stages, 'AWSCURRENT'] : stages) this.moveStage(stage, version);
    return version;
  }

  /** Begins a rotation: an AWSPENDING version without a value. */
  public addPending(id: string): void {
    const version: SecretVersion = { id, stages: new Set(), createdAt: Date.now() / 1000 };
    this.versions.set(id, version);
    this.moveStage('AWSPENDING', version);
  }

  /** Moves or removes a stage, as UpdateSecretVersionStage does. @throws SecretsManagerError */
  public updateStage(stage: string, from: string | undefined, to: string | undefined): void {
    const holder = this.all.find(({ stages }) => stages.has(stage));
    if (holder !== undefined && holder.id !== to && holder.id !== from) {
      throw new SecretsManagerError('InvalidParameterException', `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`);
    }
    if (to === undefined) {
      holder?.stages.delete(stage);
      return;
    }
    const target = this.versions.get(to);
    if (target === undefined) throw new SecretsManagerError('ResourceNotFoundException', `${NOT_FOUND} version: ${to}`);
    this.moveStage(stage, target);
  }

  private moveStage(stage: string, target: SecretVersion): void {
    const holder = this.all.find(({ stages }) => stages.has(stage));
    if (holder === target) return;
    holder?.stages.delete(stage);
    target.stages.add(stage);
    if (stage === 'AWSCURRENT' && holder !== undefined) this.moveStage('AWSPREVIOUS', holder);
  }
}
