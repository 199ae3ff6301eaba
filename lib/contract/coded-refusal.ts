/**
 * A user's mistake: `CODE: rule, got VALUE; write THIS`.
 *
 * Codes are public contract. Whoever runs a command prints the message alone, never a stack trace.
 */
export abstract class CodedRefusal extends Error {
  public constructor(public readonly code: string, rule: string, got: string, write: string) {
    super(`${code}: ${rule}, got ${got}; write ${write}`);
    this.name = new.target.name;
    this.stack = this.message;
  }
}
