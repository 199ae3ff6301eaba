/** A path as the gateway holds it. */
export interface ResourcePath {
  readonly path: string;
  /** Gateway's name of each path parameter, by the name that the operation declares. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Names path parameters as the gateway demands: one name for all parameters at one place of the path tree.
 *
 * OpenAPI allows `/orders/{id}` beside `/orders/{order}/items`; the gateway refuses the second. The name that is
 * declared first serves both, and an HTTPS backend still gets its own.
 */
export class SiblingParameters {
  private readonly names = new Map<string, string>();

  public resourcePath(path: string): ResourcePath {
    const parameters = new Map<string, string>();
    const segments = path.split('/').slice(1);
    let place = '';
    for (const segment of segments) place += `/${this.segment(place, segment, parameters)}`;
    return { path: place, parameters };
  }

  private segment(place: string, segment: string, parameters: Map<string, string>): string {
    const [, declared] = /^\{(.+)\}$/.exec(segment) ?? [];
    if (declared === undefined) return segment;
    const name = this.names.get(place) ?? declared;
    this.names.set(place, name);
    parameters.set(declared, name);
    return `{${name}}`;
  }
}
