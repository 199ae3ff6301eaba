import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Credential } from './peer/certificate-authority';

/** A server on a free port of 127.0.0.1. */
export interface LoopbackServer {
  readonly port: number;
  close(): Promise<void>;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves `handle` on loopback; over TLS where a credential is given. A failure of `handle` is a bare 500. */
export async function loopbackServer(handle: Handle, credential?: Credential): Promise<LoopbackServer> {
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch(() => { response.writeHead(500).end(); });
  };
  const server = credential === undefined ? createHttpServer(listener) : createHttpsServer({ key: credential.privateKey, cert: credential.certificate }, listener);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    }),
  };
}
