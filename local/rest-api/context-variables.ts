/**
 * The `$context` variables of one request, by dotted name without the prefix: `identity.sourceIp`.
 *
 * One object serves gateway responses, parameter mappings and the access log, as on the platform.
 */
export class ContextVariables {
  private readonly values = new Map<string, string>();

  /** Sets a variable; `undefined` leaves it unset. */
  public set(name: string, value: string | number | boolean | undefined): void {
    if (value !== undefined) this.values.set(name, String(value));
  }

  public get(name: string): string | undefined {
    return this.values.get(name);
  }

  /**
   * Replaces every `$context.name` of a template.
   *
   * @param missing what stands for a variable without a value
   * @param write how a value is written, such as escaped for a log line
   */
  public render(template: string, missing = '', write: (value: string) => string = (value) => value): string {
    return template.replace(/\$context((?:\.[A-Za-z_][A-Za-z0-9_]*)+)/g, (_, name: string) => {
      const value = this.values.get(name.slice(1));
      return value === undefined ? missing : write(value);
    });
  }
}
