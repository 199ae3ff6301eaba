/**
 * Security classification of the data that an API service handles.
 *
 * The values are the `SEC` literals of the Australian Government's protective marking standard.
 */
export class Classification {
  public static readonly UNOFFICIAL = new Classification('UNOFFICIAL', 0);
  public static readonly OFFICIAL = new Classification('OFFICIAL', 1);
  public static readonly OFFICIAL_SENSITIVE = new Classification('OFFICIAL:Sensitive', 2);
  public static readonly PROTECTED = new Classification('PROTECTED', 3);
  public static readonly SECRET = new Classification('SECRET', 4);
  public static readonly TOP_SECRET = new Classification('TOP-SECRET', 5);

  private constructor(
    /** The `SEC` literal. */
    public readonly marking: string,
    /** Order of the levels, 0 (UNOFFICIAL) to 5 (TOP-SECRET). */
    public readonly level: number,
  ) {}

  /** True from PROTECTED upwards: high business impact, so every payload carries `X-Protective-Marking`. */
  public get needsMarking(): boolean {
    return this.level >= 3;
  }
}
