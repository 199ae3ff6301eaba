import type { ServedDomain } from './domain/domain-reader';
import { tlsFloor } from './domain/tls-floor';
import type { ClientEndpoint, DomainEndpoint, LocalEndpoints } from './endpoints';
import type { TestClient } from './peer/identity-provider-settings';
import type { TwinSigningKeys } from './function/twin-signing-keys';
import type { IssuerService } from './peer/issuer-service';
import type { RunCertificates } from './peer/run-certificates';
import { clientScopes } from './peer/test-identities';

/** What the ready file is made of. */
export interface ReadyFacts {
  readonly environment: string;
  readonly domains: readonly (ServedDomain & { readonly port: number; readonly accessLogFile: string })[];
  readonly clients: readonly TestClient[];
  readonly issuers: IssuerService;
  readonly certificates: RunCertificates;
  readonly signingKeys: TwinSigningKeys;
  /** Value of a secret of this run, by its name. */
  readonly secret: (name: string) => string | undefined;
}

/** Everything that a client of this run needs to know. */
export function readyEndpoints(facts: ReadyFacts): LocalEndpoints {
  const { environment, domains, issuers, certificates } = facts;
  return {
    environment,
    certificateAuthorityFile: certificates.servers.file,
    domains: Object.fromEntries(domains.map((served) => [served.domain.securityDomain, domainEndpoint(served, facts)])),
    foreignIssuer: issuers.foreign,
    foreignCertificate: certificates.foreign,
    unlistedCertificate: certificates.unlisted,
  };
}

function domainEndpoint({ domain, authorizers, port, accessLogFile }: ReadyFacts['domains'][number], { issuers, clients, certificates, signingKeys, secret: secretOf }: ReadyFacts): DomainEndpoint {
  const [configuration] = authorizers;
  const issuer = configuration === undefined ? undefined : issuers.endpoints.get(configuration.accessToken.issuer);
  return {
    url: `https://127.0.0.1:${port}`,
    hostName: domain.hostName,
    port,
    mutualTls: domain.trustStore !== undefined,
    tlsFloor: tlsFloor(domain.securityPolicy),
    basePaths: domain.mappings.map(({ basePath }) => basePath),
    accessLogFile,
    ...issuer === undefined ? {} : { issuer },
    clients: Object.fromEntries([...Object.entries(configuration?.clients ?? {}).map(([id, policy]): [string, ClientEndpoint] => {
      const { type, secret, redirectUri, certificateBound, dpopBound } = clients.find((client) => client.id === id)!;
      const certificate = certificates.clients.get(id);
      const revokedCertificate = certificates.revoked.get(id);
      const signingKey = signingKeys.of(domain.securityDomain, policy.consumer);
      return [id, { type, consumer: policy.consumer, secret, redirectUri, certificateBound, dpopBound, certificate, ...revokedCertificate && { revokedCertificate }, ...signingKey && { signingKey }, scopes: clientScopes(configuration!, policy), ...policy.apiKeySecret === undefined ? {} : { apiKey: secretOf(policy.apiKeySecret) } }];
    }), ...clients.filter(({ id }) => configuration?.canaries?.includes(id)).map(({ id, type, secret, scopes, certificateBound, dpopBound }): [string, ClientEndpoint] => [id, { type, consumer: 'nobody: a canary', secret, scopes, certificateBound, dpopBound }])]),
  };
}
