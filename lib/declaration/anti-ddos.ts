/** Use of the anti-DDoS rule group of AWS, which learns what is usual and blocks those who take part in an attack. AWS charges for it beside the web ACL. */
export class AntiDdos {
  /** Blocks requests that most likely take part in an attack. */
  public static readonly LOW = new AntiDdos('LOW');
  /** Blocks requests of medium suspicion too. */
  public static readonly MEDIUM = new AntiDdos('MEDIUM');
  /** Blocks every suspicious request while an attack lasts. */
  public static readonly HIGH = new AntiDdos('HIGH');

  private constructor(
    /** `SensitivityToBlock` of the rule group. */
    public readonly sensitivity: string,
  ) {}
}
