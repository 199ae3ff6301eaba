import type { LocalClient } from '../local/client';

/** What a command line calls in one security domain. */
export interface CurlTarget {
  readonly client: string;
  /** @default - every scope of the client */
  readonly scopes?: readonly string[];
  readonly path: string;
}

/** The first client of a domain, and the base path of its first service, for whoever knows what lies below. */
export function firstTarget({ endpoints }: LocalClient, domain: string): CurlTarget {
  const { clients, basePaths } = endpoints.domains[domain]!;
  const [anybody = ''] = Object.keys(clients);
  const bearer = Object.keys(clients).find((id) => clients[id]?.dpopBound === false);
  return { client: bearer ?? anybody, path: `/${basePaths.find((path) => path !== '') ?? ''}/PATH` };
}

/** Command lines that anybody can paste, one per security domain that has clients. Their tokens live for minutes. */
export async function curlLines(local: LocalClient, targetOf: (domain: string) => CurlTarget): Promise<string[]> {
  const { certificateAuthorityFile, domains } = local.endpoints;
  const callable = Object.entries(domains).filter(([, { clients }]) => Object.keys(clients).length > 0);
  return Promise.all(callable.map(async ([domain, { hostName, port, clients, mutualTls }]) => {
    const { client, scopes, path } = targetOf(domain);
    const token = await local.token({ domain, client, scopes });
    const certificate = mutualTls ? clients[client]?.certificate : undefined;
    return `# ${domain}, as ${client}\n${[
      `curl -i -w '\\n' --cacert ${certificateAuthorityFile} --resolve ${hostName}:${port}:127.0.0.1`,
      ...(certificate === undefined ? [] : [`--cert ${certificate.certificateFile} --key ${certificate.keyFile}`]),
      ...(clients[client]?.dpopBound === true
        ? [`-H 'Authorization: DPoP ${token}' -H 'DPoP: ${local.proof(domain, { path, token })}'`]
        : [`-H 'Authorization: Bearer ${token}'`]),
      ...(clients[client]?.apiKey === undefined ? [] : [`-H 'X-Api-Key: ${clients[client].apiKey}'`]),
      `https://${hostName}:${port}${path}`,
    ].join(' \\\n  ')}`;
  }));
}
