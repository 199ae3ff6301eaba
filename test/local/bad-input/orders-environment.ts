import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Size } from 'aws-cdk-lib';
import { ApiGroup, ApiService, Backend, BodyLimit, Classification, Consumer, EnvironmentStage, Exposure, HttpMethod, Operation, Scopes, SecurityDomain } from '../../../lib';
import { testEnvironment } from '../../fixtures/declaration';

/** A cloud assembly that the library synthesized: what stands between a bad request and its service is what would be deployed. */
export interface OrdersEnvironment {
  readonly app: string;
  remove(): void;
}

/** A model that contains itself, so that a body may nest as deep as it likes. */
const NODE = { type: 'object', additionalProperties: false, properties: { name: { type: 'string' }, next: { $ref: '#/components/schemas/Node' } } };

/** Synthesizes an environment whose one service has a path parameter and a recursive model. */
export function ordersEnvironment(): OrdersEnvironment {
  const app = mkdtempSync(join(tmpdir(), 'orders-'));
  const content = [{ mediaType: 'application/json', schema: { $ref: '#/components/schemas/Node' } }];
  const orders = new ApiService('orders', {
    owner: 'Orders', classification: Classification.OFFICIAL, approvedExposure: [Exposure.PUBLIC], backend: Backend.https('https://orders.{domainName}'),
    scopes: Scopes.allOf('orders'), bodyLimit: BodyLimit.of(Size.kibibytes(64)), schemas: { Node: NODE },
    operations: [new Operation({ method: HttpMethod.GET, path: '/orders/{id}' }), new Operation({ method: HttpMethod.POST, path: '/orders', content })],
  });
  const environment = testEnvironment();
  const cdk = new App({ outdir: app });
  new EnvironmentStage(cdk, environment.name, {
    environment, groups: [new ApiGroup('orders', { services: [orders] })], securityDomains: [SecurityDomain.public({ consumers: [Consumer.browser('web')] })],
    rulePacksOmittedBecause: 'these tests send requests',
  });
  cdk.synth();
  return { app, remove: () => { rmSync(app, { recursive: true, force: true }); } };
}
