import { CertificateRevocation, Environment, IdentityProvider, Introspection, TrustStore, TrustStoreMember, TrustTokenSigning } from 'cdk-api-security';

const region = 'ap-southeast-2';

/** Some of the bank's clients have opaque tokens; the secret of the client that asks about them lies in each account. */
const introspection = (issuer: string): Introspection => Introspection.at(`${issuer}/token/introspection`, { clientId: 'api-gateway', clientSecretName: 'identity/introspection' });

/** Each partner's authority publishes a list of what it revoked, in each environment. */
const revocation = (environment: string): { [partner: string]: CertificateRevocation } => ({
  acme: CertificateRevocation.crl([`https://pki.acme.example/${environment}/root.crl`]),
  globex: CertificateRevocation.crl([`https://pki.globex.example/${environment}/root.crl`]),
});

/** Where developers try things out. */
export const development = Environment.development({
  account: '111111111111',
  region,
  domainName: 'dev.bank.example',
  identityProvider: new IdentityProvider({ issuer: 'https://id.dev.bank.example', introspection: introspection('https://id.dev.bank.example'), nonProduction: true }),
  partnerTrustStore: TrustStore.fromPem({ acme: 'bin/reference/certificates/development/acme.pem', globex: 'bin/reference/certificates/development/globex.pem' }, revocation('development')),
  cidr: '10.10.0.0/16',
});

/** Where a release proves itself. */
export const test = Environment.test({
  account: '222222222222',
  region,
  domainName: 'test.bank.example',
  identityProvider: new IdentityProvider({ issuer: 'https://id.test.bank.example', introspection: introspection('https://id.test.bank.example'), nonProduction: true }),
  // The bank's own private CA stands in for that of a partner which tests with it.
  partnerTrustStore: TrustStore.of({
    acme: [TrustStoreMember.privateCertificateAuthority('arn:aws:acm-pca:ap-southeast-2:222222222222:certificate-authority/0f6d3a1e-5b7c-4c2e-9a41-2d8e7b9c6f10')],
    globex: [TrustStoreMember.fromPem('bin/reference/certificates/test/globex.pem')],
  }, revocation('test')),
  cidr: '10.20.0.0/16',
});

/** Where customers are served. The hosted zone makes certificates and records deploy without a hand. */
export const production = Environment.production({
  account: '333333333333',
  region,
  domainName: 'bank.example',
  identityProvider: new IdentityProvider({ issuer: 'https://id.bank.example', introspection: introspection('https://id.bank.example') }),
  partnerTrustStore: TrustStore.fromPem({ acme: 'bin/reference/certificates/production/acme.pem', globex: 'bin/reference/certificates/production/globex.pem' }, revocation('production')),
  hostedZoneId: 'Z0123456789BANKEXMPL',
  cidr: '10.30.0.0/16',
  alarmEmails: ['api-platform@bank.example'],
  signing: TrustTokenSigning.KMS,
});
