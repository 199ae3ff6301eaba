import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import type { IssuerEndpoint } from '../endpoints';
import type { Routes } from '../routes';
import { startIdentityProvider, type IdentityProviderProcess } from './identity-provider-process';
import type { TestClient } from './identity-provider-settings';
import type { RunCertificates } from './run-certificates';
import type { TeamSecrets } from './team-secrets';
import { providerSettings } from './test-identities';

const FOREIGN_ISSUER = 'https://foreign-issuer.invalid';

/** The issuers of one run: those that the environment trusts, by exact name, and one that it does not. */
export interface IssuerService {
  readonly process: IdentityProviderProcess;
  readonly endpoints: ReadonlyMap<string, IssuerEndpoint>;
  readonly foreign: IssuerEndpoint;
}

/** Starts the identity provider for every issuer and routes their host names to it. */
export async function startIssuers(configurations: readonly AuthorizerConfiguration[], clients: readonly TestClient[], teamSecrets: TeamSecrets,
  certificates: RunCertificates, routes: Routes, log: (text: string) => void): Promise<IssuerService> {
  const trusted = providerSettings(configurations, clients, teamSecrets);
  const foreign = { ...trusted[0] ?? { jwksPath: '/jwks', audiences: { none: 'none' }, port: 0, algorithms: ['ES256'], tokenSeconds: 300, clients, strongMethods: [] }, issuer: FOREIGN_ISSUER, jwksPath: '/jwks' };
  const keyHosts = configurations.flatMap(({ accessToken: { issuer, jwksUri, introspection } }) => [jwksUri, introspection?.endpoint].flatMap((url) => url === undefined ? [] : [{ issuer, host: new URL(url).hostname }]));
  const providers = [...trusted, foreign];
  const tls = await certificates.server([...providers.map(({ issuer }) => new URL(issuer).hostname), ...keyHosts.map(({ host }) => host)]);
  const process = await startIdentityProvider({ providers, tls: { key: tls.privateKey, cert: tls.certificate }, clientAuthority: certificates.twin }, log);
  const all = providers.map(({ issuer }, index) => endpoint(issuer, process.ports[index]!));
  for (const { issuer, port } of all) routes.add(issuer, port);
  for (const { issuer, host } of keyHosts) routes.add(host, all.find((one) => one.issuer === issuer)!.port);
  return { process, endpoints: new Map(all.slice(0, -1).map((one) => [one.issuer, one])), foreign: all.at(-1)! };
}

function endpoint(issuer: string, port: number): IssuerEndpoint {
  const base = issuer.replace(/\/$/, '');
  return { issuer, hostName: new URL(issuer).hostname, port, authorizationEndpoint: `${base}/auth`, tokenEndpoint: `${base}/token`, revocationEndpoint: `${base}/token/revocation` };
}
