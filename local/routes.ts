/** Which loopback port stands in for each outside `host:port`. */
export class Routes {
  private readonly ports: { [target: string]: number } = {};

  /** Leads connections to an https URL's host, or a bare host at 443, to a loopback port. */
  public add(target: string, port: number): void {
    const url = new URL(target.includes('://') ? target : `https://${target}`);
    this.ports[`${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`] = port;
  }

  /** The port for a host at 443; nothing where it is not routed. */
  public port(host: string): number | undefined {
    return this.ports[`${host}:443`];
  }

  /** All routes, as `host:port` to port. */
  public get all(): { readonly [target: string]: number } {
    return { ...this.ports };
  }
}
