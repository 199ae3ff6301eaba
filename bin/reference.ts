import { App } from 'aws-cdk-lib';
import { ApiGroup, ApiSecurity, ApiService, Backend, Classification, Consumer, Environment, Exposure, HttpMethod, IdentityProvider, Operation, Scopes, SecurityDomain } from '../lib';

const app = new App();
new ApiSecurity(app, 'Bank', {
  environments: [
    Environment.development({ account: '111111111111', region: 'ap-southeast-2', domainName: 'dev.bank.example', identityProvider: new IdentityProvider({ issuer: 'https://id.dev.bank.example' }) }),
    Environment.production({ account: '333333333333', region: 'ap-southeast-2', domainName: 'bank.example', identityProvider: new IdentityProvider({ issuer: 'https://id.bank.example' }) }),
  ],
  securityDomains: [
    SecurityDomain.public({ consumers: [Consumer.browser('web-bank')] }),
    SecurityDomain.internal({ consumers: [Consumer.system('ledger')] }),
  ],
  groups: [new ApiGroup('accounts', {
    services: [new ApiService('accounts', {
      owner: 'Accounts', classification: Classification.OFFICIAL_SENSITIVE, approvedExposure: [Exposure.PUBLIC, Exposure.INTERNAL],
      backend: Backend.https('https://accounts.{domainName}'),
      scopes: Scopes.allOf('accounts'),
      operations: [new Operation({ method: HttpMethod.GET, path: '/accounts' }), new Operation({ method: HttpMethod.POST, path: '/accounts', content: [{ mediaType: 'application/json', schema: { type: 'object', required: ['name'] } }] })],
    })],
  })],
});
app.synth();
