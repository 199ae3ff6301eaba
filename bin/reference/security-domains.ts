import { Duration } from 'aws-cdk-lib';
import { ApiKey, Canary, ClientCertificate, Consumer, CustomWebAclRule, HoneypotPath, Honeypots, ProofOfPossession, RequestComponent, SecurityDomain, MessageSigningKey, WebAclPolicy } from 'cdk-api-security';

/** The bank's own applications, on customers' devices and on the tellers' desks. */
export const publicDomain = SecurityDomain.public({
  consumers: [
    Consumer.browser('web-bank'),
    Consumer.native('mobile-bank', { proofOfPossession: ProofOfPossession.DPOP }),
    Consumer.application('teller-desk', { groups: ['accounts', 'reference-data'] }),
  ],
  webAcl: WebAclPolicy.of({ customRules: [CustomWebAclRule.block('ForwardedHost', RequestComponent.header('x-forwarded-host').isPresent())] }),
  honeypots: Honeypots.of({ canaries: [Canary.client('legacy-batch'), Canary.apiKey('billing-export')] }),
});

/** Other companies, each recognised by a certificate of its own authority; two of them bring an API key as well. */
export const partnerDomain = SecurityDomain.partner({
  consumers: [
    Consumer.system('acme', {
      groups: ['accounts', 'reference-data', 'settlement'],
      certificates: [ClientCertificate.bySubject('CN=payments.acme.example,O=Acme Example')],
      apiKey: ApiKey.rotated(),
      signingKeys: [MessageSigningKey.fromPem('acme-2027', 'bin/reference/certificates/{environment}/acme-signing.pem')],
    }),
    Consumer.system('globex', {
      groups: ['lending', 'reference-data'],
      certificates: [ClientCertificate.bySubjectAlternativeName('origination.globex.example')],
      apiKey: ApiKey.rotatedEvery(Duration.days(30)),
    }),
    Consumer.trustedApplication('globex-brokers', {
      partner: 'globex',
      groups: ['lending'],
      certificates: [ClientCertificate.bySubject('CN=brokers.globex.example,O=Globex Example')],
    }),
  ],
  honeypots: Honeypots.of({ paths: [HoneypotPath.get('/settlement-archive/export'), HoneypotPath.post('/admin/users')], blockFor: Duration.hours(1) }),
});

/** The bank's own systems, inside the network. */
export const internalDomain = SecurityDomain.internal({
  consumers: [
    Consumer.system('ledger', { groups: ['accounts', 'settlement', 'reference-data'] }),
    Consumer.system('batch'),
  ],
});
