import { httpsFormPoster, type FormPoster } from '../runtime/https-form';
import type { IssuedToken } from './assessment-case';
import { tampered } from './forged-token';
import { Untestable, type CertificatePair, type Endpoint, type Target } from './target';

/** How a deployed gateway is reached, and as whom. */
export interface RemoteTargetProps {
  readonly name: string;
  /** By security domain. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly certificateAuthority?: string;
  readonly certificate?: CertificatePair;
  readonly caller?: RemoteCaller;
}

/** The one client whose credentials there are. */
export interface RemoteCaller {
  readonly client: string;
  readonly clientSecret?: string;
  readonly tokenEndpoint: string;
  readonly apiKey?: string;
}

const ANSWER_BOUNDS = { timeoutMilliseconds: 10_000, maxBytes: 64 * 1024 };

/** A deployed gateway, reached as one client by its own credentials (client credentials grant). */
export class RemoteTarget implements Target {
  public readonly name: string;
  private readonly post: FormPoster;

  constructor(private readonly props: RemoteTargetProps) {
    this.name = props.name;
    this.post = httpsFormPoster(ANSWER_BOUNDS, { ca: props.certificateAuthority, ...props.certificate });
  }

  public endpoint(securityDomain: string): Endpoint | undefined {
    return this.props.endpoints.get(securityDomain);
  }

  public clients(): readonly string[] {
    return this.props.caller === undefined ? [] : [this.props.caller.client];
  }

  public certificate(_securityDomain: string, client?: string): CertificatePair | undefined {
    return client === undefined || client === this.props.caller?.client ? this.props.certificate : undefined;
  }

  public apiKey(_securityDomain: string, client: string): string | undefined {
    return client === this.props.caller?.client ? this.props.caller.apiKey : undefined;
  }

  public async token(_securityDomain: string, { client, scopes, wrong, acrValues }: IssuedToken): Promise<string> {
    const { caller } = this.props;
    if (caller === undefined) throw new Untestable('no credentials were given: --token-endpoint, --client and --client-secret-env');
    if (caller.client !== client) throw new Untestable(`it needs the credentials of ${client}`);
    if (acrValues !== undefined) throw new Untestable('it needs a user who logs in');
    if (wrong !== undefined && wrong !== 'tampered') throw new Untestable('the issuer of this target signs no wrong token');
    const token = await this.issued(caller, scopes);
    if (wrong === undefined) return token;
    if (token.split('.').length !== 3) throw new Untestable('the tokens of this issuer are no JWT');
    return tampered(token);
  }

  private async issued({ client, clientSecret, tokenEndpoint }: RemoteCaller, scopes: readonly string[]): Promise<string> {
    const form = { grant_type: 'client_credentials', ...scopes.length > 0 && { scope: scopes.join(' ') }, ...clientSecret === undefined && { client_id: client } };
    const headers: Readonly<Record<string, string>> = clientSecret === undefined ? {} : { authorization: `Basic ${Buffer.from(`${encodeURIComponent(client)}:${encodeURIComponent(clientSecret)}`).toString('base64')}` };
    const { status, body } = await this.post(new URL(tokenEndpoint), form, headers);
    const token = body && accessTokenOf(body.toString());
    // What the issuer says may quote what it was sent.
    if (token === undefined) throw new Untestable(`the issuer gave ${client} no token for ${scopes.join(' ') || 'its scopes'} (status ${status})`);
    return token;
  }
}

function accessTokenOf(body: string): string | undefined {
  try {
    const { access_token: token } = JSON.parse(body) as { readonly access_token?: unknown };
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}
