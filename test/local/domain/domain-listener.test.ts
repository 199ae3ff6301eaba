import { DomainListener } from '../../../local/domain/domain-listener';
import { exchange } from '../../../local/exchange';
import { CertificateAuthority } from '../../../local/peer/certificate-authority';
import type { RestApi } from '../../../local/rest-api/rest-api';

const HOST = 'api.example';

// RFC 9112 section 6; https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html (Connection, Content-Length, Transfer-Encoding and Upgrade of a backend do not pass)
test.each([
  ['a length of its own', [['Content-Length', '1']]],
  ['a length and an encoding', [['content-length', '50'], ['Transfer-Encoding', 'chunked']]],
  ['what becomes of the connection', [['Connection', 'upgrade']]],
] as const)('ends a message itself where an integration says %s', async (_, said) => {
  const authority = await CertificateAuthority.create('Test');
  const api = { handle: () => Promise.resolve({ status: 200, headers: [...said, ['x-seen', 'a'], ['X-Seen', 'b']], body: Buffer.from('whole') }) } as unknown as RestApi;
  const listener = new DomainListener({
    domain: { securityDomain: 'public', hostName: HOST, securityPolicy: undefined, trustStore: undefined, mappings: [{ basePath: '', api }] },
    credential: await authority.issue({ subject: `CN=${HOST}`, alternativeNames: [HOST], usage: 'server' }), twinAuthority: '', port: 0, sourceAddresses: {},
  });
  try {
    const { body, headers } = await exchange({ port: await listener.listen(), hostName: HOST, certificateAuthority: authority.certificate, path: '/' });
    expect([body, headers['content-length'], headers['x-seen']]).toEqual(['whole', '5', 'a, b']);
    expect(headers['transfer-encoding']).toBeUndefined();
  } finally {
    await listener.close();
  }
});
