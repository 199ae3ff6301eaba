import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as httpsRequest } from 'node:https';
import { Child } from '../child';
import { childEntry } from '../child-entry';
import type { BackendConnector, BackendRequest } from '../rest-api/invocation';
import type { BackendSettings } from './backend-settings';

/** What backend processes share. */
export interface BackendSurroundings {
  /** URL per service name that replaces the origin of its integrations. */
  readonly overrides: { readonly [service: string]: string };
  readonly settings: Omit<BackendSettings, 'service'>;
  readonly routes: () => { readonly [target: string]: number };
  /** PEM file and text of the local certificate authority. */
  readonly certificateAuthority: { readonly file: string; readonly certificate: string };
  readonly log: (service: string, text: string) => void;
}

interface Origin { readonly protocol: string; readonly host: string; readonly hostname: string; readonly port: number; readonly path: string }

const AGENTS = { http: new Agent({ keepAlive: true }), https: new SecureAgent({ keepAlive: true }) };

/** Leads HTTP integrations to a backend of this machine: the one given for the service, or an echo process started for it. */
export class BackendPool implements BackendConnector {
  private readonly origins = new Map<string, Origin>();
  private readonly children = new Map<string, { readonly child: Child; readonly port: Promise<number> }>();

  constructor(private readonly surroundings: BackendSurroundings) {}

  public async send(request: BackendRequest): Promise<IncomingMessage> {
    const target = originAndPath(request.url);
    const origin = this.origin(request.service);
    const secure = (origin?.protocol ?? target.protocol) === 'https:';
    const call = secure ? httpsRequest : httpRequest;
    const port = origin === undefined ? await this.start(request.service) : origin.port;
    const headers = ['Host', origin?.host ?? target.host, 'Content-Length', String(request.body.length)];
    for (const [name, value] of request.headers) headers.push(name, value);
    return new Promise((resolve, reject) => {
      let answered: IncomingMessage | undefined;
      const outgoing = call({
        agent: secure ? AGENTS.https : AGENTS.http,
        host: origin?.hostname ?? '127.0.0.1', port, method: request.method, path: `${origin?.path ?? ''}${target.path}`, headers,
        ...secure && origin === undefined ? { servername: target.host.split(':')[0], ca: this.surroundings.certificateAuthority.certificate } : {},
      }, (response) => { answered = response; resolve(response); });
      // For the whole exchange, as on the platform: a timeout of the socket begins anew with every byte, and costs twice as much.
      const overdue = setTimeout(() => (answered ?? outgoing).destroy(Object.assign(new Error('the backend did not answer in time'), { code: 'TIMEOUT' })), request.timeoutMillis);
      outgoing.once('close', () => { clearTimeout(overdue); });
      outgoing.once('error', reject);
      outgoing.end(request.body.length === 0 ? undefined : request.body);
    });
  }

  /** Where the URL leads that was given for a service. */
  private origin(service: string): Origin | undefined {
    const override = this.surroundings.overrides[service];
    if (override === undefined) return undefined;
    let origin = this.origins.get(service);
    if (origin === undefined) {
      const { protocol, host, hostname, port, pathname } = new URL(override);
      origin = { protocol, host, hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)), path: pathname.replace(/\/$/, '') };
      this.origins.set(service, origin);
    }
    return origin;
  }

  /** Starts the backend process of a service, if none stands in for it, and gives its loopback port. */
  public start(service: string): Promise<number> {
    let backend = this.children.get(service);
    if (backend === undefined) {
      const { routes, certificateAuthority, settings, log } = this.surroundings;
      const child = new Child({
        entry: childEntry('backend'), preload: childEntry('route-preload'),
        env: { PATH: process.env.PATH ?? '', NODE_EXTRA_CA_CERTS: certificateAuthority.file, LOCAL_ROUTES: JSON.stringify(routes()) },
        output: (text) => { log(service, text); },
      });
      backend = { child, port: child.ask<{ port: number }>({ ...settings, service }).then(({ port }) => port) };
      this.children.set(service, backend);
    }
    return backend.port;
  }

  /** Services whose backend process runs. */
  public get running(): readonly string[] {
    return [...this.children.keys()];
  }

  public async close(): Promise<void> {
    await Promise.all([...this.children.values()].map(({ child }) => child.end()));
  }
}

/** Takes a URL apart without normalizing its path, which a URL parser would do. */
function originAndPath(url: string): { readonly protocol: string; readonly host: string; readonly path: string } {
  const [, protocol = 'https:', host = '', path = ''] = /^(https?:)\/\/([^/?]+)(.*)$/i.exec(url) ?? [];
  return { protocol: protocol.toLowerCase(), host, path: path.startsWith('/') ? path : `/${path}` };
}
