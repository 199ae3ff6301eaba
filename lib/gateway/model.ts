/** The body builder calls this: keep the signatures, replace the inside. */
export class GatewayModels {
  /** `components.schemas` of the body: models reachable from request bodies so far, read after the last `body` call. */
  public readonly components: { [name: string]: unknown } = { Nothing: { not: {} } };
  /** Schema that no body satisfies. */
  public readonly nothing: unknown = { $ref: '#/components/schemas/Nothing' };

  public constructor(private readonly schemas: { [name: string]: unknown }) {}

  /** Schema to put under `content[mediaType]`, and what of it the gateway cannot enforce. */
  public body(mediaType: string, schema: unknown): { schema?: unknown; notEnforced: string[] } {
    return { schema: /json/.test(mediaType) && this.schemas !== undefined ? schema : undefined, notEnforced: [] };
  }
}
