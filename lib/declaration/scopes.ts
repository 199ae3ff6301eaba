import { demand } from '../private/refusal';

/** `scope-token` of RFC 6749, section 3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** The OAuth scopes that an operation needs: all of a list, or any of several such lists. */
export class Scopes {
  /** Every one of these scopes. */
  public static allOf(...scopes: string[]): Scopes {
    return new Scopes([scopes]);
  }

  /** At least one of these scopes. */
  public static anyOf(...scopes: string[]): Scopes {
    return new Scopes(scopes.map((scope) => [scope]));
  }

  /** At least one of these lists, in full: `Scopes.anyOfAll(['pay', 'sign'], ['admin'])`. */
  public static anyOfAll(...alternatives: string[][]): Scopes {
    return new Scopes(alternatives);
  }

  private constructor(
    /** One inner list must be granted in full. */
    public readonly alternatives: string[][],
  ) {
    const wrong = alternatives.flat().find((scope) => !SCOPE.test(scope));
    demand('SCOPE', wrong === undefined, () => `'${wrong}'`);
  }

  /** Every scope that is named. */
  public get names(): string[] {
    return [...new Set(this.alternatives.flat())].sort();
  }

  /** True when the scopes demand nothing, which no operation may. */
  public get isEmpty(): boolean {
    return this.alternatives.length === 0 || this.alternatives.some((alternative) => alternative.length === 0);
  }
}
