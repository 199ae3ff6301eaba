import type { LocalClient } from '../../local/client';
import type { Caller } from './caller';

/** Command lines that anybody can paste, one per security domain. Their tokens live as long as the environment allows: minutes. */
export async function curlLines(client: LocalClient, caller: Caller): Promise<string[]> {
  const { certificateAuthorityFile, domains } = client.endpoints;
  return Promise.all(Object.entries(domains).map(async ([domain, { hostName, port, clients, mutualTls }]) => {
    const token = await client.token({ domain, client: caller.client(domain), scopes: ['rates:read'] });
    const certificate = mutualTls ? clients[caller.client(domain)]?.certificate : undefined;
    return [
      `# ${domain}`,
      `curl -i --cacert ${certificateAuthorityFile} --resolve ${hostName}:${port}:127.0.0.1`,
      ...(certificate === undefined ? [] : [`--cert ${certificate.certificateFile} --key ${certificate.keyFile}`]),
      `-H 'Authorization: Bearer ${token}'`,
      `https://${hostName}:${port}/rates/interest`,
    ].join(' \\\n  ').replace(' \\\n  curl', '\ncurl');
  }));
}
