import { request as httpsRequest } from 'node:https';
import type { SecureVersion, TLSSocket } from 'node:tls';

/** One HTTPS request to a loopback port under a real host name. */
export interface Exchange {
  readonly port: number;
  readonly hostName: string;
  readonly certificateAuthority: string;
  readonly certificate?: { readonly cert: string; readonly key: string };
  readonly method?: string;
  /** Path with query, as it is. */
  readonly path: string;
  readonly headers?: { readonly [name: string]: string | readonly string[] };
  readonly body?: string | Buffer;
  /** Host header, where it shall differ from `hostName`. */
  readonly host?: string;
  /** Server name of the TLS handshake, where it shall differ. */
  readonly serverName?: string;
  /** Loopback address to come from, such as `127.0.0.2`. */
  readonly localAddress?: string;
  readonly maxTlsVersion?: SecureVersion;
}

/** An answer: status, headers by lower-case name (repeated ones joined) and the body as text. */
export interface Reply {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly setCookies: readonly string[];
  readonly body: string;
  readonly tlsVersion: string;
}

/** Sends one request on a connection of its own. @throws Error where the connection fails */
export function exchange(wanted: Exchange): Promise<Reply> {
  const { hostName, headers = {}, body, certificate } = wanted;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest({
      agent: false, host: '127.0.0.1', port: wanted.port, localAddress: wanted.localAddress,
      servername: wanted.serverName ?? hostName, ca: wanted.certificateAuthority, ...certificate, maxVersion: wanted.maxTlsVersion,
      method: wanted.method ?? 'GET', path: wanted.path,
      headers: { host: wanted.host ?? hostName, ...length, ...headers as { [name: string]: string | string[] } },
    }, (response) => {
      const tlsVersion = (response.socket as TLSSocket).getProtocol() ?? '';
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        resolve({
          status: response.statusCode!,
          headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? ''])),
          setCookies: response.headers['set-cookie'] ?? [],
          body: Buffer.concat(chunks).toString(),
          tlsVersion,
        });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
