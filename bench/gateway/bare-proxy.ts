import { Agent, request as httpRequest } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CertificateAuthority } from '../../local/peer/certificate-authority';

/** A TLS reverse proxy that checks nothing: what Node.js itself costs, with the same certificate and TLS version as the gateway. */
async function serve(port: number, hostName: string): Promise<void> {
  const { certificate, privateKey } = await (await CertificateAuthority.create('Bench')).issue({ subject: `CN=${hostName}`, alternativeNames: [hostName], usage: 'server' });
  const agent = new Agent({ keepAlive: true });
  const server = createServer({ key: privateKey, cert: certificate, minVersion: 'TLSv1.3', keepAliveTimeout: 120_000 }, (incoming, outgoing) => {
    const forwarded = httpRequest({ agent, host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
}
process.on('disconnect', () => process.exit());
void serve(Number(process.argv[2]), process.argv[3] ?? '');
