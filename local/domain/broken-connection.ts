import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { refusalOf, type RefusedMessage } from './refused-message';

/** Status by the code that the HTTP parser, or the clock, gave up with. */
const STATUSES: { readonly [code: string]: number } = { HPE_HEADER_OVERFLOW: 431, HPE_CHUNK_EXTENSIONS_OVERFLOW: 413, ERR_HTTP_REQUEST_TIMEOUT: 408 };

const LINGER_MILLIS = 1000;

interface Exchange { readonly incoming: IncomingMessage; readonly response: ServerResponse }

/**
 * Answers what is no HTTP, and reports it and failed handshakes.
 *
 * A connection ends with the first fault: where the next message would start is anybody's guess. Nothing is written where an
 * earlier request of the connection still waits for its answer, for which its caller would take it.
 */
export class BrokenConnection {
  /** Of each connection, what had no answer when its latest request came, that request included. */
  private readonly exchanges = new WeakMap<Duplex, readonly Exchange[]>();
  private readonly refused = new WeakSet<Duplex>();

  constructor(server: Server, private readonly report: (refused: Omit<RefusedMessage, 'domain'>) => void) {
    server.prependListener('request', (incoming, response) => { this.follow({ incoming, response }); });
    server.on('clientError', (error: Error & { code?: string }, socket) => { this.refuse(error.code ?? 'malformed', socket as TLSSocket); });
    server.on('tlsClientError', (error: Error & { code?: string }, { remoteAddress = '' }) => { report({ sourceIp: remoteAddress, reason: error.code ?? 'handshake' }); });
  }

  private follow(exchange: Exchange): void {
    const { socket } = exchange.incoming;
    this.exchanges.set(socket, [...this.waiting(socket), exchange]);
  }

  private waiting(socket: Duplex): readonly Exchange[] {
    return (this.exchanges.get(socket) ?? []).filter(({ response }) => !response.closed);
  }

  private refuse(code: string, socket: TLSSocket): void {
    // What follows a fault is read and forgotten: unread, it would make the kernel reset the connection under the answer.
    if (this.refused.has(socket)) return;
    this.refused.add(socket);
    const { remoteAddress = '' } = socket;
    const waiting = this.waiting(socket);
    // The one request whose own body broke may be answered; a complete one has an answer coming.
    const answerable = socket.writable && waiting.every(({ incoming, response }) => !incoming.complete && !response.headersSent);
    const status = STATUSES[code] ?? 400;
    // A caller that went away has not been refused anything.
    const answered = answerable && !['ECONNRESET', 'EPIPE'].includes(code);
    this.report({ sourceIp: remoteAddress, reason: code, ...answered && { status } });
    if (!answered) {
      socket.destroy();
      return;
    }
    const { errorType, message } = refusalOf(status);
    const body = JSON.stringify({ message });
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]!}\r\nconnection: close\r\nx-amzn-ErrorType: ${errorType}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    setTimeout(() => socket.destroy(), LINGER_MILLIS).unref();
  }
}
