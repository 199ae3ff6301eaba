/** A refusal of the local gateway to run something: `CODE: rule, got VALUE; write THIS`. */
export class LocalRefusal extends Error {
  public override readonly name = 'LocalRefusal';

  constructor(public readonly code: string, rule: string, got: string, write: string) {
    super(`${code}: ${rule}, got ${got}; write ${write}`);
  }
}
