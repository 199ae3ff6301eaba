import { Duration } from 'aws-cdk-lib';
import {
  AddressLimit, AddressRanges, AntiDdos, ApiGroup, ApiService, CapacityBudget, Consumer, Countries, CustomWebAclRule, ManagedRule, ManagedRuleException, ManagedRules, RequestComponent, SecurityDomain, ServicePlan, WebAclPolicy,
  WebAclPolicyProps, WebAclStatement,
} from '../../../lib';
import { WEB_ACL_CAPACITY } from '../../../lib/contract/web-acl-capacity';
import { apiService, get, post } from '../../fixtures/declaration';
import { running } from '../../fixtures/running-web-acl';
import { webAcl } from '../../fixtures/web-acl';

const REASON = 'accepted by the risk board, case 12';
const domain = (props: WebAclPolicyProps): SecurityDomain => SecurityDomain.public({ consumers: [Consumer.browser('web-bank')], webAcl: WebAclPolicy.of(props) });
const declared = (webAclProps: WebAclPolicyProps, services: ApiService[] = [apiService()]): ReturnType<typeof webAcl> => webAcl({ domain: domain(webAclProps), services });
const names = ({ rules }: ReturnType<typeof webAcl>): string[] => rules.map(({ Name }) => Name);

test('lets requests in from the declared addresses only', () => {
  const { decide } = running(declared({ sourceAddresses: AddressRanges.of('127.0.0.0/30', '2001:db8::/32') }).template);
  expect(['127.0.0.1', '127.0.0.3', '2001:db8::1'].filter((sourceIp) => decide({ sourceIp }).blocked)).toEqual([]);
  expect(['127.0.0.4', '198.51.100.1', '2001:db9::1'].map((sourceIp) => decide({ sourceIp }))).toEqual(Array(3).fill(expect.objectContaining({ blocked: true, rule: 'SourceAddress' })));
});

test('lets only the declared addresses call a service, however its path is written, and leaves the others alone', () => {
  const closed = apiService({ sourceAddresses: AddressRanges.of('127.0.0.1/32') }, 'uploads');
  const { decide } = running(declared({}, [apiService(), closed]).template);
  expect(decide({ path: '/uploads/accounts/1' }).blocked).toBe(false);
  expect(decide({ path: '/accounts/accounts/1', sourceIp: '127.0.0.9' }).blocked).toBe(false);
  expect(['/uploads', '/uploads/accounts/1', '/%75ploads/accounts/1'].map((path) => decide({ path, sourceIp: '127.0.0.9' }).rule)).toEqual(Array(3).fill('SourceAddress-uploads'));
});

test('makes one address set of the same ranges', () => {
  const inside = WebAclStatement.sourceIn(AddressRanges.of('203.0.113.0/24'));
  const { template } = declared({ sourceAddresses: AddressRanges.of('203.0.113.0/24'), customRules: [CustomWebAclRule.count('Office', inside)] });
  template.resourceCountIs('AWS::WAFv2::IPSet', 1);
  template.hasResourceProperties('AWS::WAFv2::IPSet', { Scope: 'REGIONAL', IPAddressVersion: 'IPV4', Addresses: ['203.0.113.0/24'] });
});

test('refuses countries that are not let in, and those that are kept out', () => {
  const country = (countries: Countries): unknown => declared({ countries }).rules.find(({ Name }) => Name === 'Country')!.Statement;
  expect(country(Countries.only('AU', 'NZ'))).toEqual({ NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['AU', 'NZ'] } } } });
  expect(country(Countries.except('KP'))).toEqual({ GeoMatchStatement: { CountryCodes: ['KP'] } });
});

const articles = [post('/articles'), get('/articles/{id}')];
const html = apiService({ operations: articles, managedRuleExceptions: [ManagedRuleException.of('post /articles', ManagedRule.CROSS_SITE_SCRIPTING_BODY, REASON)] });
const SCRIPT = { headers: { 'content-type': 'application/json' }, body: '{"name":"<script>"}' };

/** Without the rule that refuses paths which are encoded without need: no other rule may rest on it. */
function readablePaths<Rule extends { readonly Name: string }>(rules: readonly Rule[]): Rule[] {
  return rules.filter(({ Name }) => Name !== 'AmbiguousPath');
}

/** In place of the managed group, which runs in AWS only: counts and labels as its rule does. */
const labelling = { Action: { Count: {} }, RuleLabels: [{ Name: ManagedRule.CROSS_SITE_SCRIPTING_BODY.label }], Statement: { ByteMatchStatement: { FieldToMatch: { Body: { OversizeHandling: 'CONTINUE' } }, SearchString: '<script', PositionalConstraint: 'CONTAINS', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } } };

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-label-match-examples.html
test('blocks what an excepted managed rule matches on every operation but the excepted one', () => {
  const { template } = webAcl({ services: [html, apiService({}, 'cards')] });
  const standIn = (without: string): Parameters<typeof running>[1] => (rules) => readablePaths(rules).filter(({ Name }) => Name !== without).map((rule) => (rule.Name === 'AWSManagedRulesCommonRuleSet' ? { ...rule, ...labelling } : rule));
  const { decide } = running(template, standIn(''));
  const weakened = running(template, standIn('CrossSiteScripting_BODY-elsewhere'));
  const elsewhere = ['/cards/accounts', '/accounts/articles/1', '/accounts/%61rticles', '/accounts/articles/', '/x/accounts/articles'];
  expect(elsewhere.map((path) => weakened.decide({ ...SCRIPT, method: 'POST', path }).blocked)).toEqual(elsewhere.map(() => false));
  expect(elsewhere.map((path) => decide({ ...SCRIPT, method: 'POST', path }).rule)).toEqual(elsewhere.map(() => 'CrossSiteScripting_BODY-elsewhere'));
  expect(decide({ ...SCRIPT, method: 'POST', path: '/accounts/articles' }).blocked).toBe(false);
  expect(decide({ ...SCRIPT, method: 'POST', path: '/cards/accounts', body: '{"name":"plain"}' }).blocked).toBe(false);
});

test('lets the excepted managed rule count, and every other one block', () => {
  const { rules } = webAcl({ services: [html] });
  const overrides = rules.flatMap(({ Statement: { ManagedRuleGroupStatement } }) => ManagedRuleGroupStatement?.RuleActionOverrides?.map(({ Name }) => Name) ?? []);
  expect(overrides).toEqual(['SizeRestrictions_BODY', 'CrossSiteScripting_BODY']);
  expect(running(webAcl({ services: [html] }).template).acl.notEmulated).toContainEqual(['labels of managed rules', 'CrossSiteScripting_Body']);
});

test('counts what managed groups match until the day, and blocks no label meanwhile', () => {
  const counting = webAcl({ domain: domain({ managedRules: ManagedRules.countUntil('2027-03-31', REASON), antiDdos: AntiDdos.LOW }), services: [html], today: '2027-03-31' });
  const managed = counting.rules.filter(({ Name }) => Name.startsWith('AWSManaged'));
  expect(managed.map(({ OverrideAction }) => OverrideAction)).toEqual(Array(6).fill({ Count: {} }));
  expect(names(counting)).not.toContain('CrossSiteScripting_BODY-elsewhere');
  expect(counting.template.toJSON()).toEqual(webAcl({ domain: domain({ managedRules: ManagedRules.countUntil('2027-03-31', REASON), antiDdos: AntiDdos.LOW }), services: [html], today: '2027-01-01' }).template.toJSON());
});

test('asks the anti-DDoS group first, without challenges that callers of an API could not answer', () => {
  const [first] = declared({ antiDdos: AntiDdos.MEDIUM }).rules;
  expect(first).toMatchObject({
    Name: 'AWSManagedRulesAntiDDoSRuleSet', OverrideAction: { None: {} },
    Statement: { ManagedRuleGroupStatement: { ManagedRuleGroupConfigs: [{ AWSManagedRulesAntiDDoSRuleSet: { ClientSideActionConfig: { Challenge: { UsageOfAction: 'DISABLED' } }, SensitivityToBlock: 'MEDIUM' } }] } },
  });
});

test('limits how often one address calls an operation or a service, however the path is written', () => {
  let time = 0;
  const limited = apiService({ addressLimits: [AddressLimit.ofOperation('post /accounts', 10, Duration.minutes(1)), AddressLimit.ofService(30)] });
  const { decide } = running(declared({}, [limited, apiService({}, 'cards')]).template, readablePaths, () => time);
  const call = (method: string, path: string, sourceIp = '127.0.0.1'): string | undefined => decide({ method, path, sourceIp }).rule;
  const calls = Array.from({ length: 11 }, (_, index) => call('POST', index % 2 === 0 ? '/accounts/accounts' : '/accounts/%61ccounts/'));
  expect(calls).toEqual([...Array(10).fill(undefined), 'RateByAddress-accounts-60s-POST_accounts']);
  expect([call('POST', '/accounts/accounts', '127.0.0.2'), call('GET', '/accounts/accounts/1'), call('POST', '/cards/accounts')]).toEqual([undefined, undefined, undefined]);
  time = 61_000;
  expect(call('POST', '/accounts/accounts')).toBeUndefined();
  expect(Array.from({ length: 40 }, () => call('GET', '/accounts/accounts/1')).at(-1)).toBe('RateByAddress-accounts-300s');
  expect(decide({}).response).toMatchObject({ status: 429, headers: expect.arrayContaining([['Retry-After', '300']]) });
});

test('limits how often one access token is used in a group, and leaves other tokens and groups alone', () => {
  const groups = [new ApiGroup('accounts', { services: [apiService()], plan: ServicePlan.of({ requestsPerToken: 10 }) }), new ApiGroup('cards', { services: [apiService({}, 'cards')] })];
  const { decide } = running(webAcl({ groups }).template);
  const call = (token: string, path = '/accounts/accounts/1'): string | undefined => decide({ path, sourceIp: '127.0.0.1', headers: { authorization: `Bearer ${token}` } }).rule;
  expect(Array.from({ length: 11 }, () => call('a')).at(-1)).toBe('RateByToken-accounts');
  expect([call('b'), call('a', '/cards/accounts/1')]).toEqual([undefined, undefined]);
});

test('takes an access token for the same however its scheme is spelled, as the authorizer does', () => {
  const groups = [new ApiGroup('accounts', { services: [apiService()], plan: ServicePlan.of({ requestsPerToken: 10 }) })];
  const { decide } = running(webAcl({ groups }).template);
  const spelled = ['Bearer a', 'bearer a', 'BEARER a', 'bEARER a', 'Bearer  a', `Bearer${' '.repeat(9)}a`];
  const rules = Array.from({ length: 11 }, (_, index) => decide({ path: '/accounts/accounts/1', sourceIp: '127.0.0.1', headers: { authorization: spelled[index % spelled.length]! } }).rule);
  expect(rules.at(-1)).toBe('RateByToken-accounts');
});

test('asks rules of one\'s own last, blocks with 403 or counts', () => {
  const made = declared({ customRules: [
    CustomWebAclRule.count('OldClient', RequestComponent.header('User-Agent').lowerCased().contains('old/1')),
    CustomWebAclRule.block('OldPath', WebAclStatement.allOf(RequestComponent.method().exactly('GET'), RequestComponent.path().matches('^/accounts/old(/|$)'), WebAclStatement.noneOf(RequestComponent.header('x-allow').isPresent()))),
  ] });
  expect(names(made).slice(-2)).toEqual(['Custom-OldClient', 'Custom-OldPath']);
  const { decide } = running(made.template);
  expect(decide({ path: '/accounts/old', headers: { 'user-agent': 'OLD/1.0' } })).toMatchObject({ blocked: true, rule: 'Custom-OldPath', response: { status: 403 } });
  expect(decide({ path: '/accounts/old', headers: { 'X-Allow': '' } }).blocked).toBe(false);
  expect(decide({ headers: { 'user-agent': 'OLD/1.0' } }).blocked).toBe(false);
});

test('lets no rule of its own let a request past the others', () => {
  const { rules } = declared({ sourceAddresses: AddressRanges.of('203.0.113.0/24'), customRules: [CustomWebAclRule.count('A', RequestComponent.body().contains('a'))] });
  expect(JSON.stringify(rules)).not.toMatch(/"(Allow|Captcha|Challenge)":\{\}/);
});

test('counts a body that is not inspected in full as a match', () => {
  const { decide } = running(declared({ customRules: [CustomWebAclRule.block('Text', RequestComponent.jsonBody().contains('needle'))] }, [apiService({ operations: [post('/accounts')] })]).template, (rules) => rules.filter(({ Name }) => Name === 'Custom-Text'));
  expect([`{"name":"${'x'.repeat(65_536)}"}`, '{"name":"needle"}', '{'].map((body) => decide({ body }).blocked)).toEqual([true, true, true]);
  expect(decide({ body: '{"name":"x"}' }).blocked).toBe(false);
});

test('redacts further headers that are declared sensitive', () => {
  const { template } = declared({ redactedHeaders: ['X-Account', 'Cookie'] });
  template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
    RedactedFields: [...['authorization', 'cookie', 'dpop', 'txn-token', 'x-api-key', 'x-protective-marking', 'x-account'].map((Name) => ({ SingleHeader: { Name } })), { QueryString: {} }],
  });
});

test('writes what it computed into the template', () => {
  const { construct, template } = declared({ capacityBudget: CapacityBudget.upTo(2000, REASON), antiDdos: AntiDdos.HIGH });
  expect(construct.capacity).toBe(1218 + 50);
  template.hasResource('AWS::WAFv2::WebACL', { Metadata: { [WEB_ACL_CAPACITY]: { units: 1268, budget: 2000 } } });
});

test('counts requests to a group with a smaller limit however their path is written', () => {
  const groups = [new ApiGroup('accounts', { services: [apiService()] }), new ApiGroup('lending', { services: [apiService({}, 'loans')], plan: ServicePlan.of({ requestsPerAddress: 10 }) })];
  const { decide } = running(webAcl({ groups }).template, readablePaths);
  const calls = Array.from({ length: 11 }, (_, index) => decide({ path: index % 2 === 0 ? '/loans/accounts/1' : '/%6coans/accounts/1' }).rule);
  expect(calls).toEqual([...Array(10).fill(undefined), 'RateByAddress-lending']);
});
