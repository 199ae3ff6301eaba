import { App } from 'aws-cdk-lib';
import {
  ApiGroup, ApiSecurity, ApiService, Backend, Classification, Consumer, Environment, Exposure, IdentityProvider, SecurityDomain,
} from 'cdk-api-security';

const app = new App();
new ApiSecurity(app, 'Apis', {
  environments: [
    Environment.test({
      account: '111111111111',
      region: 'ap-southeast-2',
      domainName: 'test.shop.example',
      identityProvider: new IdentityProvider({ issuer: 'https://id.test.shop.example', nonProduction: true }),
      cidr: '10.10.0.0/16',
    }),
    Environment.production({
      account: '222222222222',
      region: 'ap-southeast-2',
      domainName: 'shop.example',
      identityProvider: new IdentityProvider({ issuer: 'https://id.shop.example' }),
      cidr: '10.20.0.0/16',
    }),
  ],
  securityDomains: [SecurityDomain.public({ consumers: [Consumer.browser('web-shop')] })],
  groups: [
    new ApiGroup('orders', {
      services: [
        ApiService.fromOpenApi('orders', 'apis/orders.yaml', {
          owner: 'Orders team',
          classification: Classification.OFFICIAL,
          approvedExposure: [Exposure.PUBLIC],
          backend: Backend.https('https://orders.svc.{domainName}'),
        }),
      ],
    }),
  ],
});
app.synth();
