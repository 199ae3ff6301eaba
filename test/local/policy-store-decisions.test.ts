import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { accounts } from '../../bin/reference/accounts';
import { lending } from '../../bin/reference/lending';
import { referenceData } from '../../bin/reference/reference-data';
import { internalDomain, partnerDomain, publicDomain } from '../../bin/reference/security-domains';
import { settlement } from '../../bin/reference/settlement';
import { accessQuestion, type AccessQuestion } from '../../lambda/authorizer/access-question';
import { CedarDecisionPoint } from '../../lambda/authorizer/cedar-decision-point';
import { policyStores, VerifiedPermissions } from '../../lambda/authorizer/verified-permissions';
import type { Grant } from '../../lambda/authorizer/trust-token';
import { CertificateRevocation, Environment, EnvironmentStage, IdentityProvider, PolicyDecisionPoint, TrustStore } from '../../lib';
import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import { accessPolicyConfiguration } from '../../lib/trust/access-policy-files';
import { EnvironmentAssembly } from '../../local/assembly/environment-assembly';
import { lambdaFunction } from '../../local/function/lambda-function';
import { createPolicyStores } from '../../local/peer/assembly-policy-stores';
import { VerifiedPermissionsServer } from '../fixtures/verified-permissions-server';
import { CEDAR_MODULE } from '../lambda/fixtures/access-policies';

const NOW = 1_700_000_000;
const DOMAINS = { public: publicDomain, partner: partnerDomain, internal: internalDomain };
const GROUPS = [accounts, lending, referenceData, settlement];
const directory = mkdtempSync(join(tmpdir(), 'policy-stores-'));
const server = new VerifiedPermissionsServer();
let assembly: EnvironmentAssembly;
let environment: { readonly [variable: string]: string };

/** The bank of the reference deployment, with its policies in policy stores and under every rule pack. */
beforeAll(async () => {
  const app = new App({ outdir: directory });
  new EnvironmentStage(app, 'Production', {
    environment: Environment.production({
      account: '333333333333', region: 'ap-southeast-2', domainName: 'bank.example', policyDecisionPoint: PolicyDecisionPoint.VERIFIED_PERMISSIONS,
      identityProvider: new IdentityProvider({ issuer: 'https://id.bank.example' }), hostedZoneId: 'Z0123456789ABCDEFGHIJ', alarmEmails: ['security@bank.example'],
      partnerTrustStore: TrustStore.fromPem({ acme: 'bin/reference/certificates/production/acme.pem', globex: 'bin/reference/certificates/production/globex.pem' }, { acme: CertificateRevocation.notChecked('not what this test is about'), globex: CertificateRevocation.notChecked('not what this test is about') }),
    }),
    securityDomains: Object.values(DOMAINS), groups: GROUPS,
  });
  app.synth();
  assembly = EnvironmentAssembly.read(directory, 'Production');
  environment = await server.start();
  createPolicyStores(assembly, server.service);
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

interface Authorizer { readonly configuration: AuthorizerConfiguration; readonly stores: string }

function authorizers(): Authorizer[] {
  return assembly.resources('AWS::Lambda::Function').flatMap((resource) => {
    const { environment: { POLICY_STORES: stores }, directory: folder } = lambdaFunction(assembly, resource, directory);
    return stores === undefined ? [] : [{ stores, configuration: JSON.parse(readFileSync(join(folder, 'configuration.json'), 'utf8')) as AuthorizerConfiguration }];
  });
}

/** Every client with every policed operation, from a branch and over IPv6, with and without a second factor, just or long ago. */
function questions(configuration: AuthorizerConfiguration): AccessQuestion[] {
  return Object.entries(configuration.operations).flatMap(([key, operation]) => {
    const { access } = operation;
    if (access === undefined) return [];
    return Object.entries(configuration.clients).flatMap(([clientId, client]) => ['203.0.113.9', '2001:db8::1'].flatMap((sourceIp) =>
      [['otp'], undefined].flatMap((amr) => [0, 301, undefined].flatMap((age) => ['7001', '9001'].flatMap((id) => {
        const pathParameters = Object.fromEntries(Object.keys(access.pathParameters).map((name) => [name, id]));
        const token = { clientId, subject: 'user "1"', scopes: new Set(['a', 'b']), amr, authTime: age === undefined ? undefined : NOW - age, expiresAt: NOW };
        const grant = { request: { sourceIp, method: key.split(' ')[1], path: '', pathParameters }, operation, client, token, scopes: [], ...(client.certificates && { certificate: { thumbprint: 'ab' } }) } as unknown as Grant;
        return accessQuestion(grant, access, configuration, NOW) ?? [];
      })))));
  });
}

test('has policy stores in each domain with policies, and no engine beside the authorizers', () => {
  expect(authorizers().map(({ configuration, stores }) => [configuration.securityDomain, Object.keys(JSON.parse(stores) as object)]).sort()).toEqual([['internal', ['accounts', 'payments']], ['partner', ['payments']], ['public', ['accounts', 'payments']]]);
});

test('decides as Cedar in the authorizer does, over every question that the reference policies tell apart', async () => {
  const seen = new Set<string>();
  let count = 0;
  for (const { configuration, stores } of authorizers()) {
    const domain = DOMAINS[configuration.securityDomain as keyof typeof DOMAINS];
    const inside = new CedarDecisionPoint(accessPolicyConfiguration(domain, GROUPS).accessPolicies!, CEDAR_MODULE);
    const outside = new VerifiedPermissions({
      policies: configuration.accessPolicies!, stores: policyStores(stores, configuration.accessPolicies!), arn: 'arn:aws:x:ap-southeast-2:333333333333:y', environment, clock: Date.now, onFailure: (failure) => { throw failure; },
    });
    for (const question of questions(configuration)) {
      const expected = inside.decide(question);
      expect({ question, decision: await outside.decide(question) }).toEqual({ question, decision: expected });
      seen.add(`${expected.allowed} ${expected.policies.join(' ')}`);
      for (const obligation of expected.obligations) seen.add(obligation);
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(500);
  const determining = new Set([...seen].flatMap((one) => one.split(' ')));
  for (const id of ['customer-applications', 'own-systems', 'partners-pay', 'tellers-look', 'recent-login', 'suspense-accounts', 'mask-card-numbers', 'true', 'false']) expect(determining).toContain(id);
}, 60_000);
