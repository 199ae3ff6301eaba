import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext, type TLSSocket } from 'node:tls';
import { constants, randomUUID } from 'node:crypto';
import type { Credential } from '../peer/certificate-authority';
import type { GatewayAnswer, GatewayRequest } from '../rest-api/gateway-request';
import { BrokenConnection } from './broken-connection';
import { clientCertificate } from './client-certificate';
import { mappingOf, type DomainName } from './domain-name';
import { messageFault } from './message-fault';
import { refusalOf, type RefusedMessage } from './refused-message';
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
  /** Takes what was refused before a stage could log it. */
  readonly refused?: (refused: RefusedMessage) => void;
  /** How long a client may take; seconds by default, milliseconds in tests. */
  readonly patience?: Patience;
}

/** How long a client may take, in milliseconds. */
export interface Patience {
  readonly handshake: number;
  readonly headers: number;
  /** For the whole request, its body included. */
  readonly request: number;
}

const BODY_LIMIT = 10 * 1024 * 1024;
const SHORT_BODY = 4096;
const EMPTY = Buffer.alloc(0);
/** Headers of the connection to the caller: no integration's to set. */
const OWN_HEADERS = new Set(['connection', 'content-length', 'transfer-encoding']);
const PATIENCE: Patience = { handshake: 10_000, headers: 10_000, request: 30_000 };
// "Idle connection timeout: 310 seconds."
const IDLE_MILLIS = 310_000;

/** The front of one custom domain name: TLS with its floor, SNI, mutual TLS, then the mapped stage. */
export class DomainListener {
  private readonly server: Server;
  private readonly connections = new WeakMap<TLSSocket, Pick<GatewayRequest, 'tlsVersion' | 'cipherSuite' | 'clientCertificate'>>();

  constructor(private readonly props: DomainListenerProps) {
    const { domain, credential, twinAuthority, patience = PATIENCE } = props;
    const minVersion = tlsFloor(domain.securityPolicy);
    const trust = domain.trustStore === undefined ? {} : { requestCert: true, rejectUnauthorized: false, ca: [domain.trustStore, twinAuthority] };
    const context = createSecureContext({ key: credential.privateKey, cert: credential.certificate, minVersion, ...trust.ca === undefined ? {} : { ca: trust.ca } });
    this.server = createServer({
      minVersion, ...trust, maxHeaderSize: 65_536, insecureHTTPParser: false, secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
      handshakeTimeout: patience.handshake, headersTimeout: patience.headers, requestTimeout: patience.request, keepAliveTimeout: IDLE_MILLIS,
      connectionsCheckingInterval: Math.min(1000, patience.headers),
      // No default certificate: a client that names another host, or none, fails the handshake.
      SNICallback: (name, done) => { done(name.toLowerCase() === domain.hostName ? null : Object.assign(new Error('unrecognized name'), { code: 'server_name' }), context); },
    }, (request, response) => { this.answer(request, response).catch(() => response.destroy()); });
    // Past a limit headers would be dropped without a word, and a rule that looks for one would not find it.
    this.server.maxHeadersCount = 0;
    new BrokenConnection(this.server, (refused) => { props.refused?.({ domain: domain.securityDomain, ...refused }); });
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
    response.on('error', ignored);
    let answer: GatewayAnswer | undefined;
    try {
      answer = await this.decide(incoming);
    } catch (error) {
      answer = this.failed(incoming, error);
    }
    if (answer === undefined) return;
    try {
      write(answer, incoming, response);
    } catch (error) {
      // What a backend may say and HTTP cannot carry, such as a line feed in a header.
      write(this.refused(incoming, 500, (error as { code?: string }).code ?? 'unsendable'), incoming, response);
    }
  }

  private decide(incoming: IncomingMessage): GatewayAnswer | Promise<GatewayAnswer> {
    const { domain } = this.props;
    const socket = incoming.socket as TLSSocket;
    if (domain.trustStore !== undefined && !socket.authorized) return this.refused(incoming, 403, 'certificate_untrusted');
    const fault = messageFault(incoming);
    if (fault !== undefined) return this.refused(incoming, fault.status, fault.reason);
    if ((incoming.headers.host ?? '').replace(/:\d+$/, '').toLowerCase() !== domain.hostName) return this.refused(incoming, 403, 'host_mismatch');
    const { url = '/' } = incoming;
    const mark = url.indexOf('?');
    const [path, query] = mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
    const mapping = mappingOf(domain.mappings, path);
    if (mapping === undefined) return this.refused(incoming, 403, 'unmapped');
    const handled = (body: Buffer): Promise<GatewayAnswer> => mapping.api.handle(this.request(incoming, socket, path, query, body), mapping.basePath);
    if (!hasBody(incoming)) return handled(EMPTY);
    return readBody(incoming).then((body) => body === undefined ? this.refused(incoming, 413, 'body_too_large') : handled(body));
  }

  /** Nothing where the caller is gone: what became of its connection is reported already. */
  private failed(incoming: IncomingMessage, error: unknown): GatewayAnswer | undefined {
    return incoming.destroyed && !incoming.complete ? undefined : this.refused(incoming, 500, error instanceof Error ? error.name : 'unknown');
  }

  /** What the handshake settled, for every request of its connection. */
  private connection(socket: TLSSocket): Pick<GatewayRequest, 'tlsVersion' | 'cipherSuite' | 'clientCertificate'> {
    let known = this.connections.get(socket);
    if (known === undefined) {
      known = {
        tlsVersion: socket.getProtocol() ?? '',
        cipherSuite: socket.getCipher().standardName,
        clientCertificate: this.props.domain.trustStore === undefined ? undefined : clientCertificate(socket),
      };
      this.connections.set(socket, known);
    }
    return known;
  }

  private refused({ socket: { remoteAddress = '' } }: IncomingMessage, status: number, reason: string): GatewayAnswer {
    this.props.refused?.({ domain: this.props.domain.securityDomain, sourceIp: this.props.sourceAddresses[remoteAddress] ?? remoteAddress, status, reason });
    const { errorType, message } = refusalOf(status);
    return {
      status,
      headers: [['x-amzn-RequestId', randomUUID()], ['x-amzn-ErrorType', errorType], ['content-type', 'application/json']],
      body: Buffer.from(JSON.stringify({ message })),
    };
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
      ...this.connection(socket),
    };
  }
}

function ignored(): void {
  // Of a connection that broke; the caller is gone.
}

/** Without either length a request has no body (RFC 9112 section 6.3). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
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

function write({ status, headers, body }: GatewayAnswer, incoming: IncomingMessage, response: ServerResponse): void {
  // A list goes out as it is, which takes half the time of headers set one by one; so nobody else may say where a message ends.
  const list: string[] = [];
  for (const [name, value] of headers) {
    if (!OWN_HEADERS.has(name.toLowerCase())) list.push(name, value);
  }
  list.push('content-length', String(body.length));
  // The rest of a body that nobody reads would be taken for the next request.
  if (!incoming.complete) list.push('connection', 'close');
  response.writeHead(status, list);
  if (incoming.method === 'HEAD') response.end();
  // As text of the same bytes a short body leaves with its headers in one piece; bytes of their own are put together by the connection, which takes longer.
  else if (body.length <= SHORT_BODY) response.end(body.toString('latin1'), 'latin1');
  else response.end(body);
}
