import { get } from 'node:https';
import { DomainListener } from '../../../local/domain/domain-listener';
import { exchange } from '../../../local/exchange';
import { CertificateAuthority } from '../../../local/peer/certificate-authority';
import type { GatewayAnswer } from '../../../local/rest-api/gateway-request';
import type { RestApi } from '../../../local/rest-api/rest-api';

const HOST = 'api.example';

// RFC 9112 section 6; https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html (Connection, Content-Length, Transfer-Encoding and Upgrade of a backend do not pass)
test.each([
  ['a length of its own', [['Content-Length', '1']]],
  ['a length and an encoding', [['content-length', '50'], ['Transfer-Encoding', 'chunked']]],
  ['what becomes of the connection', [['Connection', 'upgrade']]],
] as const)('ends a message itself where an integration says %s', async (_, said) => {
  const { listener, authority } = await listening({ status: 200, headers: [...said, ['x-seen', 'a'], ['X-Seen', 'b']], body: Buffer.from('whole') });
  try {
    const { body, headers } = await exchange({ port: await listener.listen(), hostName: HOST, certificateAuthority: authority.certificate, path: '/' });
    expect([body, headers['content-length'], headers['x-seen']]).toEqual(['whole', '5', 'a, b']);
    expect(headers['transfer-encoding']).toBeUndefined();
  } finally {
    await listener.close();
  }
});

test.each([256, 4096, 4097, 70_000])('sends a body of %s bytes as it is, whatever the bytes', async (size) => {
  const bytes = Buffer.from(Array.from({ length: size }, (_, index) => index % 256));
  const { listener, authority } = await listening({ status: 200, headers: [['content-type', 'application/octet-stream']], body: bytes });
  try {
    expect(await received(await listener.listen(), authority.certificate)).toEqual(bytes);
  } finally {
    await listener.close();
  }
});

/** A listener in front of a stage that gives one answer. */
async function listening(answer: GatewayAnswer): Promise<{ readonly listener: DomainListener; readonly authority: CertificateAuthority }> {
  const authority = await CertificateAuthority.create('Test');
  const api = { handle: () => Promise.resolve(answer) } as unknown as RestApi;
  const listener = new DomainListener({
    domain: { securityDomain: 'public', hostName: HOST, securityPolicy: undefined, trustStore: undefined, mappings: [{ basePath: '', api }] },
    credential: await authority.issue({ subject: `CN=${HOST}`, alternativeNames: [HOST], usage: 'server' }), twinAuthority: '', port: 0, sourceAddresses: {},
  });
  return { listener, authority };
}

function received(port: number, ca: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get({ agent: false, host: '127.0.0.1', port, servername: HOST, ca, headers: { host: HOST } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('error', reject).once('end', () => { resolve(Buffer.concat(chunks)); });
    }).once('error', reject);
  });
}
