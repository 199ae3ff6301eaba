/** The part of oidc-provider 9 that the local identity provider uses; the package has no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface ProviderContext {
    readonly req: IncomingMessage;
    readonly oidc: {
      readonly client?: ProviderClient;
      readonly session?: { readonly accountId?: string };
      readonly params?: { readonly [name: string]: unknown };
      readonly entities: { readonly AuthorizationCode?: { readonly acr?: string; readonly amr?: readonly string[]; readonly authTime?: number } };
    };
  }
  export interface ProviderClient { readonly clientId: string }
  export interface ProviderGrant { addOIDCScope(scope: string): void; addResourceScope(resource: string, scope: string): void; save(): Promise<string> }
  export default class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: new (properties: { clientId: string; accountId: string }) => ProviderGrant;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<{ readonly prompt: { readonly name: string }; readonly params: { readonly acr_values?: string } }>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
    on(event: string, listener: (...args: never[]) => void): this;
  }
}
