/**
 * Security classification of the data that an API service handles.
 *
 * The values are the `SEC` literals of the Australian Government's protective marking standard.
 */
export class Classification {
  /** Not part of official duty. */
  public static readonly UNOFFICIAL = new Classification('UNOFFICIAL', 0);
  /** Most of what is created or processed; low business impact. */
  public static readonly OFFICIAL = new Classification('OFFICIAL', 1);
  /** Limited damage to a person, an organisation or government when it is compromised. */
  public static readonly OFFICIAL_SENSITIVE = new Classification('OFFICIAL:Sensitive', 2);
  /** Damage to the national interest, organisations or individuals when it is compromised; needs a marking on every request. */
  public static readonly PROTECTED = new Classification('PROTECTED', 3);
  /** Serious damage when it is compromised; needs a marking on every request. */
  public static readonly SECRET = new Classification('SECRET', 4);
  /** Exceptionally grave damage when it is compromised; needs a marking on every request. */
  public static readonly TOP_SECRET = new Classification('TOP-SECRET', 5);

  private constructor(
    /** The `SEC` literal. */
    public readonly marking: string,
    /** Order of the levels, 0 (UNOFFICIAL) to 5 (TOP-SECRET). */
    public readonly level: number,
  ) {}

  /** True from PROTECTED upwards: high business impact, so every request carries `X-Protective-Marking`; and the service library marks the answers. */
  public get needsMarking(): boolean {
    return this.level >= 3;
  }
}
