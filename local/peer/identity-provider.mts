/** Entry of the identity provider process: the certified `oidc-provider`, one listener per issuer. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import Provider, { type ProviderClient, type ProviderContext } from 'oidc-provider';
import { PASSWORD_ONLY, TOKEN_VARIANTS, tokenResource, type IdentityProviderSettings, type ProviderSettings, type TestClient } from './identity-provider-settings.js';

const ACCOUNT = 'local-user';
const HOUR = 3600;

interface TokenPayload { iat: number; exp: number; nbf?: number; auth_time?: number }

const KEYS: { readonly [alg: string]: () => object } = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  EdDSA: () => generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
};

/** How each variant changes a token, in seconds. */
const CHANGES: { readonly [variant: string]: (payload: TokenPayload) => void } = {
  'expired': (payload) => { payload.iat -= HOUR; payload.exp -= HOUR; },
  'not-yet-valid': (payload) => { payload.nbf = payload.iat + HOUR; },
  'old-login': (payload) => { if (payload.auth_time !== undefined) payload.auth_time -= HOUR; },
  'long-lived': (payload) => { payload.exp = payload.iat + 24 * HOUR; },
};

const GRANTS: { readonly [type: string]: readonly string[] } = { 'system': ['client_credentials'], 'trusted-application': ['client_credentials'] };

function clientMetadata(client: TestClient, algorithm: string): object {
  const grants = GRANTS[client.type] ?? ['authorization_code'];
  return {
    client_id: client.id,
    ...client.secret === undefined ? {} : { client_secret: client.secret },
    token_endpoint_auth_method: client.secret === undefined ? 'none' : 'client_secret_basic',
    application_type: client.type === 'native' ? 'native' : 'web',
    grant_types: grants,
    response_types: grants.includes('authorization_code') ? ['code'] : [],
    redirect_uris: client.redirectUri === undefined ? [] : [client.redirectUri],
    id_token_signed_response_alg: algorithm,
    tls_client_certificate_bound_access_tokens: client.certificateBound,
    dpop_bound_access_tokens: client.dpopBound,
  };
}

/** A client that may ask about tokens and get none. */
function introspectingClient({ introspection }: ProviderSettings, algorithm: string): object[] {
  return introspection === undefined ? [] : [{
    client_id: introspection.clientId, client_secret: introspection.secret, token_endpoint_auth_method: 'client_secret_basic',
    grant_types: [], response_types: [], redirect_uris: [], id_token_signed_response_alg: algorithm,
  }];
}

function provider(settings: ProviderSettings): Provider {
  const [algorithm] = settings.algorithms as [string];
  const scopesOf = (client: ProviderClient | undefined): string => settings.clients.find(({ id }) => id === client?.clientId)?.scopes.join(' ') ?? '';
  const made: Provider = new Provider(settings.issuer, {
    clients: [...settings.clients.map((client) => clientMetadata(client, algorithm)), ...introspectingClient(settings, algorithm)],
    jwks: { keys: settings.algorithms.map((alg) => ({ ...KEYS[alg]!(), alg, use: 'sig', kid: randomUUID() })) },
    cookies: { keys: [randomUUID()] },
    routes: { jwks: settings.jwksPath, ...settings.introspection === undefined ? {} : { introspection: settings.introspection.path } },
    pkce: { required: () => true },
    interactions: { url: (_: ProviderContext, interaction: { readonly uid: string }) => `/interaction/${interaction.uid}` },
    findAccount: (_: ProviderContext, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    loadExistingGrant: async ({ oidc }: ProviderContext) => {
      const grant = new made.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session?.accountId ?? ACCOUNT });
      grant.addOIDCScope('openid');
      for (const domain of Object.keys(settings.audiences)) {
        for (const variant of TOKEN_VARIANTS) grant.addResourceScope(tokenResource(domain, variant), scopesOf(oidc.client));
      }
      await grant.save();
      return grant;
    },
    // The code remembers how its user logged in; a token without a code has no user (RFC 9068 section 2.2.1).
    extraTokenClaims: ({ oidc: { entities: { AuthorizationCode: code } } }: ProviderContext) => code && { acr: code.acr, amr: code.amr, auth_time: code.authTime },
    formats: {
      customizers: {
        jwt: (_: ProviderContext, token: { readonly resourceServer?: { identifier(): string } }, jwt: { readonly payload: TokenPayload }) => {
          CHANGES[variantOf(token.resourceServer?.identifier() ?? '')]?.(jwt.payload);
        },
      },
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => tokenResource(Object.keys(settings.audiences)[0]!),
        useGrantedResource: () => true,
        getResourceServerInfo: (_: ProviderContext, resource: string, client: ProviderClient) => ({
          audience: variantOf(resource) === 'wrong-audience' ? 'https://elsewhere.invalid' : settings.audiences[resource.split(':')[2] ?? ''] ?? resource,
          scope: scopesOf(client),
          accessTokenTTL: variantOf(resource) === 'opaque-brief' ? 1 : settings.tokenSeconds,
          ...variantOf(resource).startsWith('opaque') ? { accessTokenFormat: 'opaque' } : { accessTokenFormat: 'jwt', jwt: { sign: { alg: algorithm } } },
        }),
      },
      introspection: {
        enabled: settings.introspection !== undefined,
        allowedPolicy: (_: ProviderContext, client: ProviderClient) => client.clientId === settings.introspection?.clientId,
      },
      revocation: { enabled: true },
      dPoP: { enabled: true },
      mTLS: {
        enabled: true,
        certificateBoundAccessTokens: true,
        getCertificate: ({ req }: ProviderContext) => (req.socket as TLSSocket).getPeerX509Certificate()?.toString(),
      },
    },
  });
  return made;
}

function variantOf(resource: string): string {
  return resource.split(':').at(-1)!;
}

/** Logs the one user in: with a password, and with whatever the environment asks for where the client asks for a class (RFC 9470 section 4). */
async function login(made: Provider, strongMethods: readonly string[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt, params } = await made.interactionDetails(request, response);
  const [acr = PASSWORD_ONLY] = params.acr_values?.split(' ') ?? [];
  const amr = ['pwd', ...params.acr_values === undefined ? [] : strongMethods];
  await made.interactionFinished(request, response, prompt.name === 'login' ? { login: { accountId: ACCOUNT, acr, amr } } : { consent: {} });
}

function listen(settings: ProviderSettings, { tls, clientAuthority }: IdentityProviderSettings): Promise<number> {
  const made = provider(settings);
  const callback = made.callback();
  const prefix = new URL(settings.issuer).pathname.replace(/\/$/, '');
  const server = createServer({ ...tls, requestCert: true, rejectUnauthorized: false, ca: clientAuthority }, (request, response) => {
    const url = request.url ?? '/';
    const answer = url.startsWith('/interaction/') ? login(made, settings.strongMethods, request, response) : callback(mounted(request, prefix), response);
    answer.catch(() => { response.writeHead(500).end(); });
  });
  return new Promise((resolve) => { server.listen(settings.port, '127.0.0.1', () => { resolve((server.address() as AddressInfo).port); }); });
}

/** An issuer with a path: the provider sees requests below it, and `originalUrl` tells it where it is mounted. */
function mounted(request: IncomingMessage & { originalUrl?: string }, prefix: string): IncomingMessage {
  if (prefix !== '' && request.url?.startsWith(`${prefix}/`) === true) {
    request.originalUrl = request.url;
    request.url = request.url.slice(prefix.length);
  }
  return request;
}

process.once('message', (settings: IdentityProviderSettings) => {
  void Promise.all(settings.providers.map((one) => listen(one, settings))).then((ports) => process.send!({ ports }));
});
process.on('disconnect', () => process.exit());
