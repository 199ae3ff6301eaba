import type { RestApi } from '../rest-api/rest-api';

/** A custom domain name of the environment, as the assembly declares it. */
export interface DomainName {
  /** `public`, `partner` or `internal`; the host name's first label where no authorizer says. */
  readonly securityDomain: string;
  readonly hostName: string;
  readonly securityPolicy?: string;
  /** Members of the trust store, PEM; absent without mutual TLS. */
  readonly trustStore?: string;
  readonly mappings: readonly ApiMapping[];
}

/** Which stage answers below a base path; the empty one is the catch-all. */
export interface ApiMapping {
  readonly basePath: string;
  readonly api: RestApi;
}

/** The mapping of a request path: the longest base path of whole segments wins. */
export function mappingOf(mappings: readonly ApiMapping[], path: string): ApiMapping | undefined {
  return [...mappings].sort((a, b) => b.basePath.length - a.basePath.length)
    .find(({ basePath }) => basePath === '' || path === `/${basePath}` || path.startsWith(`/${basePath}/`));
}
