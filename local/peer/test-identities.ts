import { randomBytes } from 'node:crypto';
import type { AuthorizerConfiguration, ClientPolicy } from '../../lib/contract/authorizer-configuration';
import type { CertificateAuthority, Credential } from './certificate-authority';
import type { ProviderSettings, TestClient } from './identity-provider-settings';
import type { TeamSecrets } from './team-secrets';

const REDIRECT_URIS: { readonly [type: string]: string } = {
  browser: 'https://client.invalid/callback',
  application: 'https://client.invalid/callback',
  native: 'invalid.client.app:/callback',
};
const PUBLIC_TYPES = ['browser', 'native'];
const LONGEST_TOKEN_SECONDS = 300;

/** Scopes that one client may ask for in one security domain: those of the operations of its groups. */
export function clientScopes(configuration: AuthorizerConfiguration, client: ClientPolicy): string[] {
  const operations = Object.values(configuration.operations).filter(({ group }) => client.groups.includes(group));
  return [...new Set(operations.flatMap(({ scopes }) => scopes.flat()))].sort();
}

/** The clients of all security domains, each with a secret of this run where its type has one. */
export function testClients(configurations: readonly AuthorizerConfiguration[]): TestClient[] {
  const ids = [...new Set(configurations.flatMap(({ clients }) => Object.keys(clients)))];
  // Registered as the organisation would: the authorizer knows them for what they are.
  const canaries = configurations.flatMap((configuration) => (configuration.canaries ?? []).map((id): TestClient => ({ id, type: 'system', secret: randomBytes(32).toString('base64url'), scopes: allScopes(configuration), certificateBound: false, dpopBound: false })));
  return [...ids.map((id): TestClient => {
    const policies = configurations.flatMap((configuration) => configuration.clients[id] === undefined ? [] : [{ configuration, client: configuration.clients[id] }]);
    const { type } = policies[0]!.client;
    return {
      id, type,
      ...PUBLIC_TYPES.includes(type) ? {} : { secret: randomBytes(32).toString('base64url') },
      ...REDIRECT_URIS[type] === undefined ? {} : { redirectUri: REDIRECT_URIS[type] },
      scopes: [...new Set(policies.flatMap(({ configuration, client }) => clientScopes(configuration, client)))].sort(),
      certificateBound: policies.some(({ client }) => (client.certificates ?? []).length > 0),
      dpopBound: policies.some(({ client }) => client.dpop === true),
    };
  }), ...canaries];
}

function allScopes({ operations }: AuthorizerConfiguration): string[] {
  return [...new Set(Object.values(operations).flatMap(({ scopes }) => scopes.flat()))].sort();
}

/** Authentication methods that operations ask for, or the second factor that most people have. */
function strongMethods(configurations: readonly AuthorizerConfiguration[]): string[] {
  const asked = configurations.flatMap(({ operations }) => Object.values(operations)).flatMap(({ authentication }) => authentication?.methods ?? []);
  return [...new Set(['otp', 'mfa', ...asked])].sort();
}

/** One provider per issuer that an authorizer of the environment trusts. */
export function providerSettings(configurations: readonly AuthorizerConfiguration[], clients: readonly TestClient[], teamSecrets: TeamSecrets): ProviderSettings[] {
  const issuers = [...new Set(configurations.map(({ accessToken }) => accessToken.issuer))];
  return issuers.map((issuer) => {
    const trusting = configurations.filter(({ accessToken }) => accessToken.issuer === issuer);
    const { jwksUri, algorithms, introspection } = trusting[0]!.accessToken;
    const prefix = new URL(issuer).pathname.replace(/\/$/, '');
    const mounted = (path: string): string => prefix !== '' && path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
    return {
      issuer,
      jwksPath: mounted(jwksUri === undefined ? '/jwks' : new URL(jwksUri).pathname),
      audiences: Object.fromEntries(trusting.map(({ securityDomain, accessToken }) => [securityDomain, accessToken.audience])),
      port: 0,
      algorithms,
      tokenSeconds: Math.min(LONGEST_TOKEN_SECONDS, ...trusting.map(({ accessToken }) => accessToken.maxLifetimeSeconds)),
      clients,
      strongMethods: strongMethods(trusting),
      ...introspection && { introspection: { clientId: introspection.clientId, secret: teamSecrets.get(introspection.secretName)!, path: mounted(new URL(introspection.endpoint).pathname) } },
    };
  });
}

/** A twin certificate for each client that is recognised by one; `undefined` where only the real certificate's hash would do. */
export async function clientCredentials(configurations: readonly AuthorizerConfiguration[], twin: CertificateAuthority): Promise<Map<string, Credential | undefined>> {
  const credentials = new Map<string, Credential | undefined>();
  for (const [id, { certificates = [] }] of configurations.flatMap(({ clients }) => Object.entries(clients))) {
    if (certificates.length === 0 || credentials.get(id) !== undefined) continue;
    const policy = certificates.find(({ sha256 }) => sha256 === undefined);
    credentials.set(id, policy && await twin.issue({
      subject: policy.subject ?? `CN=${id.replace(/[,+=\\]/g, ' ')}`,
      alternativeNames: policy.subjectAlternativeName === undefined ? [] : [policy.subjectAlternativeName],
      usage: 'client',
    }));
  }
  return credentials;
}
