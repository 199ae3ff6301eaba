import { App } from 'aws-cdk-lib';
import { ApiGroup, ApiSecurity, ApiService, Backend, Classification, Consumer, Environment, Exposure, HttpMethod, IdentityProvider, Operation, Rate, Scopes, SecurityDomain, ServicePlan } from '../../lib';

/** One operation in a public domain, with every protection that is stamped by default; only the limits of requests are out of the way. */
const app = new App();
new ApiSecurity(app, 'Bench', {
  rulePacksOmittedBecause: 'the benchmark sends requests',
  environments: [Environment.test({ account: '111111111111', region: 'ap-southeast-2', domainName: 'test.bench.example', identityProvider: new IdentityProvider({ issuer: 'https://id.test.bench.example' }) })],
  securityDomains: [SecurityDomain.public({ consumers: [Consumer.browser('web')] })],
  groups: [new ApiGroup('things', {
    plan: ServicePlan.of({ rate: Rate.perSecond(100_000), requestsPerAddress: 100_000_000 }),
    services: [new ApiService('things', {
      owner: 'Bench', classification: Classification.OFFICIAL, approvedExposure: [Exposure.PUBLIC], backend: Backend.https('https://things.{domainName}'),
      scopes: Scopes.allOf('things:read'), operations: [new Operation({ method: HttpMethod.GET, path: '/{id}' })],
    })],
  })],
});
app.synth();
