import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Canary, Consumer, HoneypotPath, Honeypots, HoneypotsProps, SecurityDomain } from '../../../lib';
import { decoyRules } from '../../../lib/edge/decoy-rules';
import { LocalRefusal } from '../../../local/local-refusal';
import { AddressSet } from '../../../local/web-acl/address-set';
import { WebAcl, WebAclProperties } from '../../../local/web-acl/web-acl';
import { StampedEnvironment } from '../../fixtures/environment-stage';
import { internalDomain, partnerDomain } from '../../fixtures/declaration';
import { running } from '../../fixtures/running-web-acl';
import { webAcl } from '../../fixtures/web-acl';

const HIT = ['decoy:honeypot'];
const domain = (props: HoneypotsProps): SecurityDomain => SecurityDomain.public({ consumers: [Consumer.browser('web-bank')], honeypots: Honeypots.of(props) });
const acl = (props: HoneypotsProps): ReturnType<typeof running> => running(webAcl({ domain: domain(props) }).template);
const paths = [HoneypotPath.get('/customers/export'), HoneypotPath.get('/.env')];

test.each(['/customers/export', '/customers/export/', '/CUSTOMERS/Export', '/%63ustomers/export', '/customers%2Fexport', '/.env', '/%2eenv'])('labels a request for %s', (path) => {
  expect(acl({ paths }).decide({ path }).labels).toEqual(HIT);
});

test.each(['/customers', '/customers/export/1', '/x/customers/export', '/xenv', '/accounts/accounts/1'])('does not label one for %s', (path) => {
  expect(acl({ paths }).decide({ path }).labels).toEqual([]);
});

test.each<[string, Parameters<ReturnType<typeof running>['decide']>[0]]>([
  ['a method that nothing uses', { method: 'TRACE' }], ['a forged trust token', { headers: { 'txn-token': 'x' } }], ['a body', { body: '{}' }],
])('labels a hit that it blocks for %s', (_, request) => {
  expect(acl({ paths }).decide({ path: '/customers/export', ...request })).toMatchObject({ blocked: true, labels: HIT });
});

test('lets a hit on to the gateway, whose answer is that of an operation', () => {
  expect(acl({ paths }).decide({ path: '/customers/export' }).blocked).toBe(false);
});

test('lets the method of a honeypot through where no API of the domain has it', () => {
  expect(acl({ paths: [HoneypotPath.get('/a')] }).decide({ method: 'POST', path: '/a' }).blocked).toBe(false);
  expect(acl({ paths: [HoneypotPath.post('/a')] }).decide({ method: 'POST', path: '/a' }).blocked).toBe(false);
});

test('is found by default where somebody looks around, beside the services of the domain', () => {
  for (const path of ['/admin/users/export', '/internal/customers/export', '/accounts-archive/export']) expect(acl({}).decide({ path }).labels).toEqual(HIT);
});

describe('a blocked address', () => {
  const blocking = (believesHeader: boolean): WebAcl => {
    const rule = webAcl({ domain: domain({ paths, blockFor: Duration.hours(1) }) }).rules.find(({ Name }) => Name === 'DecoyBlock') as unknown as NonNullable<WebAclProperties['Rules']>[number];
    const sets = JSON.parse(JSON.stringify(rule.Statement).replaceAll(/(\{"Arn":\{[^}]*\})/g, believesHeader ? '$1,"IPSetForwardedIPConfig":{"HeaderName":"X-Forwarded-For"}' : '$1')) as typeof rule.Statement;
    return new WebAcl({ DefaultAction: {}, Rules: [{ ...rule, Statement: sets }] }, { now: () => 0, addressSet: () => new AddressSet(['198.51.100.66/32']), patternSet: () => [] });
  };
  const decide = (sourceIp: string, forwarded: string): boolean => blocking(false).evaluate({ method: 'GET', path: '/accounts/accounts/1', query: '', headers: [['x-forwarded-for', forwarded]], body: Buffer.from(''), sourceIp }).blocked;

  test('is refused on every path, and cannot be left or given by a header', () => {
    expect(decide('198.51.100.66', '203.0.113.7')).toBe(true);
    expect(decide('203.0.113.7', '198.51.100.66')).toBe(false);
  });

  test('is looked up in a header nowhere: the weakened rule does not even run here', () => {
    expect(() => blocking(true)).toThrow(LocalRefusal);
  });
});

test('blocks nobody unless a time is declared', () => {
  const { rules, template } = webAcl({ domain: domain({ paths }) });
  expect(rules.map(({ Name }) => Name)).not.toContain('DecoyBlock');
  template.resourceCountIs('AWS::WAFv2::IPSet', 0);
});

test('labels a canary API key, exactly it, and changes nothing else of the answer', () => {
  const [rule] = decoyRules({ paths: [], apiKeys: ['ak_{{resolve:x}}'], blockedSets: [] });
  const found = new WebAcl({ DefaultAction: {}, Rules: [{ Name: rule!.name, Priority: 0, Action: { Count: {} }, RuleLabels: rule!.labels!.map((Name) => ({ Name })), Statement: { ByteMatchStatement: { FieldToMatch: { SingleHeader: { Name: 'x-api-key' } }, PositionalConstraint: 'EXACTLY', SearchString: rule!.statement.byteMatchStatement && (rule!.statement.byteMatchStatement as { searchString: string }).searchString } } }] }, {
    now: () => 0, addressSet: () => new AddressSet([]), patternSet: () => [], secret: (text) => text.replace('{{resolve:x}}', 'planted'),
  });
  const decide = (key: string): readonly string[] => found.evaluate({ method: 'GET', path: '/', query: '', headers: [['X-Api-Key', key]], body: Buffer.from(''), sourceIp: '127.0.0.1' }).labels;
  expect([decide('ak_planted'), decide('ak_Planted'), decide('ak_planted1')]).toEqual([['decoy:canary'], [], []]);
});

describe('in an environment', () => {
  const stamped = new StampedEnvironment({ securityDomains: [domain({ canaries: [Canary.client('legacy-batch'), Canary.apiKey('billing-export')], blockFor: Duration.hours(1) }), partnerDomain(), internalDomain()] });
  const template: Template = stamped.template('Public');
  const text = JSON.stringify(template.toJSON());

  test('keeps the value of a canary API key out of the template, in a secret called like those of consumers', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', { Name: 'Test/public/billing-export/api-key', GenerateSecretString: { GenerateStringKey: 'key', PasswordLength: 49, SecretStringTemplate: '{"prefix":"ak_"}' } });
    expect(text).toContain('"ak_{{resolve:secretsmanager:"');
  });

  test('may write its two address sets and nothing else of the web ACL, one run at a time', () => {
    const policies = JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'));
    expect(policies.match(/wafv2:\w+/g)?.sort()).toEqual(['wafv2:GetIPSet', 'wafv2:UpdateIPSet']);
    expect(policies).not.toMatch(/"Action":\["wafv2:GetIPSet","wafv2:UpdateIPSet"\],"Effect":"Allow","Resource":"\*"/);
    template.hasResourceProperties('AWS::Lambda::Function', { Description: 'Blocks the addresses of callers who took a decoy in the public domain, and lets them in again', ReservedConcurrentExecutions: 1 });
  });
});
