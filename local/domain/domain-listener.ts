import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext, type TLSSocket } from 'node:tls';
import { randomUUID } from 'node:crypto';
import type { Credential } from '../peer/certificate-authority';
import type { GatewayAnswer, GatewayRequest } from '../rest-api/gateway-request';
import { clientCertificate } from './client-certificate';
import { mappingOf, type DomainName } from './domain-name';
import { tlsFloor } from './tls-floor';

/** How a listener is reached. */
export interface DomainListenerProps {
  readonly domain: DomainName;
  readonly credential: Credential;
  /** Twin of the partners' authority, PEM: the keys of the real members are elsewhere. */
  readonly twinAuthority: string;
  /** Loopback port; 0 for a free one. */
  readonly port: number;
  /** Source address that the gateway sees for a loopback address. */
  readonly sourceAddresses: { readonly [loopback: string]: string };
}

const BODY_LIMIT = 10 * 1024 * 1024;
const HEADER_LIMIT = 10_240;

/** The front of one custom domain name: TLS with its floor, SNI, mutual TLS, then the mapped stage. */
export class DomainListener {
  private readonly server: Server;

  constructor(private readonly props: DomainListenerProps) {
    const { domain, credential, twinAuthority } = props;
    const minVersion = tlsFloor(domain.securityPolicy);
    const trust = domain.trustStore === undefined ? {} : { requestCert: true, rejectUnauthorized: false, ca: [domain.trustStore, twinAuthority] };
    const context = createSecureContext({ key: credential.privateKey, cert: credential.certificate, minVersion, ...trust.ca === undefined ? {} : { ca: trust.ca } });
    this.server = createServer({
      minVersion, ...trust, maxHeaderSize: 65_536,
      // No default certificate: a client that names another host, or none, fails the handshake.
      SNICallback: (name, done) => { done(name.toLowerCase() === domain.hostName ? null : new Error('unrecognized name'), context); },
    }, (request, response) => { this.answer(request, response).catch(() => response.destroy()); });
    this.server.prependListener('secureConnection', (socket: TLSSocket) => {
      if (domain.trustStore !== undefined && Object.keys(socket.getPeerCertificate()).length === 0) socket.destroy();
    });
  }

  /** Starts to listen on 127.0.0.1 and gives the port. */
  public listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.props.port, '127.0.0.1', () => { resolve((this.server.address() as AddressInfo).port); });
    });
  }

  /** Stops listening and drops open connections. */
  public close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => { resolve(); });
      this.server.closeAllConnections();
    });
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, headers, body } = await this.decide(incoming).catch((): GatewayAnswer => refused(500, 'InternalServerErrorException', 'Internal server error'));
    response.on('error', () => undefined);
    response.sendDate = true;
    response.statusCode = status;
    for (const [name, value] of headers) response.appendHeader(name, value);
    response.setHeader('content-length', body.length);
    response.end(incoming.method === 'HEAD' ? undefined : body);
  }

  private async decide(incoming: IncomingMessage): Promise<GatewayAnswer> {
    const { domain } = this.props;
    const socket = incoming.socket as TLSSocket;
    if (domain.trustStore !== undefined && !socket.authorized) return forbidden();
    if ((incoming.headers.host ?? '').replace(/:\d+$/, '').toLowerCase() !== domain.hostName) return forbidden();
    if (incoming.rawHeaders.reduce((sum, text) => sum + text.length, 0) > HEADER_LIMIT) return refused(431, 'RequestHeaderFieldsTooLargeException', 'Request Header Fields Too Large');
    const [path = '/', ...query] = (incoming.url ?? '/').split('?');
    const mapping = mappingOf(domain.mappings, path);
    if (mapping === undefined) return forbidden();
    const body = await readBody(incoming);
    if (body === undefined) return refused(413, 'RequestTooLargeException', 'Request Too Long');
    return mapping.api.handle(this.request(incoming, socket, path, query.join('?'), body), mapping.basePath);
  }

  private request(incoming: IncomingMessage, socket: TLSSocket, path: string, query: string, body: Buffer): GatewayRequest {
    const headers: [string, string][] = [];
    for (let index = 0; index < incoming.rawHeaders.length; index += 2) headers.push([incoming.rawHeaders[index]!, incoming.rawHeaders[index + 1]!]);
    const address = socket.remoteAddress ?? '127.0.0.1';
    return {
      method: incoming.method ?? 'GET', path, query, headers, body,
      sourceIp: this.props.sourceAddresses[address] ?? address,
      hostName: this.props.domain.hostName,
      protocol: `HTTP/${incoming.httpVersion}`,
      tlsVersion: socket.getProtocol() ?? '',
      cipherSuite: socket.getCipher().standardName,
      clientCertificate: this.props.domain.trustStore === undefined ? undefined : clientCertificate(socket),
    };
  }
}

/** The body, or nothing where it is larger than the platform takes. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size <= BODY_LIMIT) chunks.push(chunk as Buffer);
  }
  return size > BODY_LIMIT ? undefined : Buffer.concat(chunks);
}

function forbidden(): GatewayAnswer {
  return refused(403, 'ForbiddenException', 'Forbidden');
}

function refused(status: number, errorType: string, message: string): GatewayAnswer {
  return {
    status,
    headers: [['x-amzn-RequestId', randomUUID()], ['x-amzn-ErrorType', errorType], ['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify({ message })),
  };
}
