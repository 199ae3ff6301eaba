import { Duration } from 'aws-cdk-lib';
import { ApiKey, ClientCertificate, Consumer, CustomWebAclRule, ProofOfPossession, RequestComponent, SecurityDomain, WebAclPolicy } from 'cdk-api-security';

/** The bank's own applications, on customers' devices and on the tellers' desks. */
export const publicDomain = SecurityDomain.public({
  consumers: [
    Consumer.browser('web-bank'),
    Consumer.native('mobile-bank', { proofOfPossession: ProofOfPossession.DPOP }),
    Consumer.application('teller-desk', { groups: ['accounts', 'reference-data'] }),
  ],
  webAcl: WebAclPolicy.of({ customRules: [CustomWebAclRule.block('ForwardedHost', RequestComponent.header('x-forwarded-host').isPresent())] }),
});

/** Other companies, each recognised by a certificate of its own authority; two of them bring an API key as well. */
export const partnerDomain = SecurityDomain.partner({
  consumers: [
    Consumer.system('acme', {
      groups: ['accounts', 'reference-data', 'settlement'],
      certificates: [ClientCertificate.bySubject('CN=payments.acme.example,O=Acme Example')],
      apiKey: ApiKey.rotated(),
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
});

/** The bank's own systems, inside the network. */
export const internalDomain = SecurityDomain.internal({
  consumers: [
    Consumer.system('ledger', { groups: ['accounts', 'settlement', 'reference-data'] }),
    Consumer.system('batch'),
  ],
});
