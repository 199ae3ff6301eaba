import { connect, type TLSSocket } from 'node:tls';
import type { LocalEndpoints } from '../../../local/endpoints';
import { readFileSync } from 'node:fs';

/** What came back over one connection, as text. */
export interface RawAnswer {
  /** Status of each answer, in order. */
  readonly statuses: readonly number[];
  readonly text: string;
  /** True where the other side ended the connection before the wait was over. */
  readonly closed: boolean;
}

/** How bytes are sent. */
export interface RawOptions {
  /** Milliseconds between pieces; pieces are sent in one go where there is none. */
  readonly pause?: number;
  /** Ends the connection after the last piece, without an end of TLS. */
  readonly abort?: boolean;
  /** Server name of the handshake; none where it is empty. */
  readonly serverName?: string;
  /** Milliseconds without another byte after which an open connection has said all. */
  readonly quiet?: number;
}

/** Sends bytes over TLS, whatever they are, and reads until the gateway closes, or is quiet after it has answered. */
export async function sendRaw(endpoints: LocalEndpoints, domain: string, pieces: readonly (string | Buffer)[], options: RawOptions = {}): Promise<RawAnswer> {
  const { port, hostName } = endpoints.domains[domain]!;
  const { pause, abort = false, serverName = hostName, quiet = 40 } = options;
  const socket = await connected(connect({
    host: '127.0.0.1', port, ca: readFileSync(endpoints.certificateAuthorityFile), ...serverName !== '' && { servername: serverName }, checkServerIdentity: () => undefined,
  }));
  const chunks: Buffer[] = [];
  const ended = new Promise<boolean>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      clearTimeout(timer);
      timer = setTimeout(() => { resolve(false); }, quiet);
    });
    socket.on('error', () => undefined);
    socket.once('close', () => { resolve(true); });
  });
  for (const piece of pieces) {
    if (!socket.writable) break;
    socket.write(piece);
    if (pause !== undefined) await new Promise((resolve) => { setTimeout(resolve, pause); });
  }
  if (abort) socket.destroy();
  const closed = await ended;
  socket.destroy();
  const text = Buffer.concat(chunks).toString('latin1');
  return { text, closed, statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)) };
}

function connected(socket: TLSSocket): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', () => { resolve(socket); });
    socket.once('error', reject);
  });
}
