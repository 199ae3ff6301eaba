import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ApiGroup, ApiKey, Backend, ClientCertificate, Consumer, Cors, Exposure, HoneypotPath, Honeypots, ParameterLocation, ProofOfPossession, Rate, Scopes, SecurityDomain, ServicePlan } from '../../lib';
import { apiService, get, post } from '../fixtures/declaration';
import { StampedEnvironment } from '../fixtures/environment-stage';

/** A cloud assembly with everything that an assessment looks at. */
export function assessedAssembly(): string {
  const plan = ServicePlan.of({ rate: Rate.perSecond(1000), consumerRate: Rate.perSecond(20), consumerBurst: 20 });
  const accounts = apiService({
    cors: Cors.origin('https://www.{domainName}'), backend: Backend.https('https://accounts.{domainName}'), scopes: Scopes.allOf('accounts:read'),
    operations: [get('/accounts/{id}'), get('/statements', { parameters: [{ name: 'year', location: ParameterLocation.QUERY, required: true }] }), post('/accounts', { scopes: Scopes.allOf('accounts:write') })],
  });
  const cards = apiService({ approvedExposure: [Exposure.PUBLIC, Exposure.INTERNAL], scopes: Scopes.allOf('cards:read'), operations: [get('/cards/{id}'), post('/cards', { scopes: Scopes.allOf('cards:write') })] }, 'cards');
  const { stage } = new StampedEnvironment({
    groups: [new ApiGroup('accounts', { plan: ServicePlan.of({ rate: Rate.perSecond(1000) }), services: [accounts] }), new ApiGroup('cards', { plan, services: [cards] })],
    securityDomains: [
      SecurityDomain.public({ honeypots: Honeypots.of({ paths: [HoneypotPath.get('/admin/users/export')] }), consumers: [Consumer.browser('web-bank'), Consumer.application('card-desk', { groups: ['cards'] }), Consumer.native('phone', { proofOfPossession: ProofOfPossession.DPOP })] }),
      SecurityDomain.partner({ consumers: [Consumer.system('acme', { certificates: [ClientCertificate.bySubject('CN=acme,O=Acme')], apiKey: ApiKey.rotated() })] }),
      SecurityDomain.internal({ consumers: [Consumer.system('ledger')] }),
    ],
  });
  return (stage.node.root as App).synth().directory;
}

interface Resource { readonly Type: string; readonly Properties: { [name: string]: unknown } }
interface Template { readonly Resources: { [id: string]: Resource } }
/** Whatever JSON there is: these tests break it on purpose. */
export type Json = { [name: string]: Json };

/** A copy of an assembly whose protections can be taken out. */
export class WeakenedAssembly {
  constructor(original: string, public readonly app: string) {
    rmSync(app, { recursive: true, force: true });
    cpSync(original, app, { recursive: true });
  }

  /** Changes the template of a stack. */
  public template(stack: string, change: (resources: Template['Resources']) => void): void {
    const directory = join(this.app, 'assembly-Test');
    const file = readdirSync(directory).find((name) => new RegExp(`^${stack}[0-9A-F]{8}\\.template\\.json$`).test(name))!;
    const template = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Template;
    change(template.Resources);
    writeFileSync(join(directory, file), JSON.stringify(template));
  }

  /** Changes the properties of the one resource of a type. */
  public properties(stack: string, type: string, change: (properties: Resource['Properties']) => void): void {
    this.template(stack, (resources) => change(Object.values(resources).find(({ Type }) => Type === type)!.Properties));
  }

  /** Changes the body of the one REST API of a stack. */
  public body(stack: string, change: (body: Json) => void): void {
    this.properties(stack, 'AWS::ApiGateway::RestApi', ({ BodyS3Location }) => {
      const file = join(this.app, `asset.${(BodyS3Location as { Key: string }).Key}`);
      const body = JSON.parse(readFileSync(file, 'utf8')) as Json;
      change(body);
      writeFileSync(file, JSON.stringify(body));
    });
  }

  /** Replaces the code of the handler whose asset holds a text. */
  public handler(holds: RegExp, code: string): void {
    for (const name of readdirSync(this.app)) {
      const file = join(this.app, name, 'index.js');
      if (name.startsWith('asset.') && !name.includes('.json') && !name.endsWith('.pem') && holds.test(readFileSync(file, 'utf8'))) writeFileSync(file, code);
    }
  }
}
