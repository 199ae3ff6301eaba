import { X509Certificate, createPrivateKey } from 'node:crypto';
import { CertificateAuthority } from '../../../local/peer/certificate-authority';
import { nameFromLines } from '../../../local/peer/distinguished-name';

let authority: CertificateAuthority;
beforeAll(async () => { authority = await CertificateAuthority.create('Authority'); });

test('issues a certificate that chains to it and belongs to its key', async () => {
  const { certificate, privateKey } = await authority.issue({ subject: 'CN=api', alternativeNames: ['api.example', 'https://uri.example/x'], usage: 'server' });
  const parsed = new X509Certificate(certificate);
  const issuer = new X509Certificate(authority.certificate);
  expect([parsed.checkIssued(issuer), parsed.verify(issuer.publicKey), parsed.checkPrivateKey(createPrivateKey(privateKey)), issuer.ca, parsed.ca]).toEqual([true, true, true, true, false]);
  expect([parsed.subjectAltName, parsed.checkHost('api.example')]).toEqual(['DNS:api.example, URI:https://uri.example/x', 'api.example']);
});

// RFC 4514, as the platform writes `requestContext.identity.clientCert.subjectDN`.
test.each(['CN=acme', 'CN=acme,O=Acme Pty Ltd,C=AU', 'CN=a\\,b\\+c,OU=x,O=y'])('gives a certificate the subject %s back', async (subject) => {
  const { certificate } = await authority.issue({ subject, usage: 'client' });
  expect(nameFromLines(new X509Certificate(certificate).subject)).toBe(subject);
});
