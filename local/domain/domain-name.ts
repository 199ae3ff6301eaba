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
  let longest: ApiMapping | undefined;
  for (const mapping of mappings) {
    if (leadsTo(mapping.basePath, path) && (longest === undefined || mapping.basePath.length > longest.basePath.length)) longest = mapping;
  }
  return longest;
}

function leadsTo(basePath: string, path: string): boolean {
  return basePath === '' || path.startsWith(basePath, 1) && (path.length === basePath.length + 1 || path[basePath.length + 1] === '/');
}
