/** Entry of a backend process: a service that accepts requests with a trust token only and echoes what it saw. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { TRUST_TOKEN_HEADER } from '../../lib/contract/trust-token';
import { nodeHttpTrustToken, TrustTokenVerifier, type Middleware, type TrustedRequest } from '../../service/index';
import type { BackendSettings } from './backend-settings';

function start({ service, tls, issuers }: BackendSettings): void {
  const middleware = new Map<string, Middleware>(issuers.map(({ issuer, trustDomain }) => [issuer, nodeHttpTrustToken(new TrustTokenVerifier({ issuer, trustDomain, service }))]));
  const [strictest] = middleware.values();
  const server = createServer(tls, (request: TrustedRequest, response) => {
    // The claim only chooses who verifies; a token of nobody is refused by any of them.
    const verify = middleware.get(claimedIssuer(request)) ?? strictest;
    if (verify === undefined) {
      void echo(service, request, response);
      return;
    }
    verify(request, response, (error) => {
      if (error === undefined) void echo(service, request, response);
      else response.writeHead(500).end();
    });
  });
  server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
}

function claimedIssuer(request: TrustedRequest): string {
  try {
    const payload = String(request.headers[TRUST_TOKEN_HEADER.toLowerCase()]).split('.')[1] ?? '';
    return String((JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iss?: unknown }).iss);
  } catch {
    return '';
  }
}

async function echo(service: string, request: TrustedRequest, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  response.writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ service, method: request.method, path: request.url, headers: request.headers, trustToken: request.trustToken ?? null, body }));
}

process.once('message', start);
process.on('disconnect', () => process.exit());
