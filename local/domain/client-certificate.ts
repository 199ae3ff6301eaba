import type { TLSSocket } from 'node:tls';
import { nameFromLines } from '../peer/distinguished-name';
import type { ClientCertificate } from '../rest-api/gateway-request';

/** The certificate that a mutual TLS client presented, as events carry it; nothing where it presented none. */
export function clientCertificate(socket: TLSSocket): ClientCertificate | undefined {
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? undefined : {
    clientCertPem: certificate.toString(),
    subjectDN: nameFromLines(certificate.subject),
    issuerDN: nameFromLines(certificate.issuer),
    serialNumber: certificate.serialNumber.toLowerCase().replace(/(..)(?=.)/g, '$1:'),
    validity: { notBefore: certificate.validFrom, notAfter: certificate.validTo },
  };
}
