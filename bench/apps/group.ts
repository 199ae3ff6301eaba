import { App } from 'aws-cdk-lib';
import { ApiGroup, ApiSecurity, ApiService, Backend, Classification, Consumer, Environment, Exposure, IdentityProvider, SecurityDomain } from '../../lib';
import { generatedDocument } from './generated-document';

/** One group of `OPERATIONS` operations in one environment's public domain, the whole pattern around it. */
const app = new App();
new ApiSecurity(app, 'Bench', {
  rulePacksOmittedBecause: 'the benchmark compares synthesis without packs',
  environments: [Environment.test({ account: '111111111111', region: 'ap-southeast-2', domainName: 'test.bench.example', identityProvider: new IdentityProvider({ issuer: 'https://id.test.bench.example' }) })],
  securityDomains: [SecurityDomain.public({ consumers: [Consumer.browser('web')] })],
  groups: [new ApiGroup('things', {
    services: [ApiService.fromOpenApi('things', generatedDocument(Number(process.env.OPERATIONS ?? 10)), {
      owner: 'Bench',
      classification: Classification.OFFICIAL,
      approvedExposure: [Exposure.PUBLIC],
      backend: Backend.https('https://things.{domainName}'),
    })],
  })],
});
app.synth();
