import { Match } from 'aws-cdk-lib/assertions';
import { Exposure } from '../../../lib';
import { SECURITY_HEADERS } from '../../../lib/contract/security-headers';
import { capacityOf } from '../../../lib/edge/capacity';
import { managedRuleGroups } from '../../../lib/edge/managed-rule-groups';
import { requestRules } from '../../../lib/edge/request-rules';
import { trafficOf } from '../../../lib/edge/web-acl-traffic';
import { apiGroup, apiService, everyDomain, internalDomain, partnerDomain, publicDomain } from '../../fixtures/declaration';
import { webAcl } from '../../fixtures/web-acl';

const { construct, rules, template } = webAcl({});
const groups = [apiGroup()];

test('asks its own rules before the managed groups, in a fixed order', () => {
  expect(rules.map(({ Name, Priority }) => [Priority, Name])).toEqual([
    'ForgedTrustToken', 'RateByAddress', 'UnusedMethod', 'AmbiguousPath', 'OverrideHeader', 'UnexpectedBody', 'BodyAbove65536', 'UnexpectedContentType',
    'AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesAnonymousIpList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet',
  ].map((name, priority) => [priority, name]));
});

test('lets through what no rule blocks', () => {
  template.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
});

test.each(everyDomain().map((domain) => [domain.exposure, domain]))('adds up the capacity of its rules in the %s domain, within the base price', (_, domain) => {
  const sum = [...requestRules(trafficOf(domain, groups)), ...managedRuleGroups(domain.exposure)].reduce((total, { statement }) => total + capacityOf(statement), 0);
  expect(webAcl({ domain }).construct.capacity).toBe(sum);
  expect(sum).toBe(1 + 2 + 3 + 13 + 5 + 4 + 1 + 14 + 25 + 50 + 700 + 200 + 200);
  expect(sum).toBeLessThanOrEqual(1500);
});

test('counts the size rule of the common group only, and server addresses outside the public domain', () => {
  const counted = (exposure: Exposure): string[] => managedRuleGroups(exposure).flatMap(({ statement }) => ((statement.managedRuleGroupStatement as { ruleActionOverrides?: { name: string }[] }).ruleActionOverrides ?? []).map(({ name }) => name));
  expect(counted(Exposure.PUBLIC)).toEqual(['SizeRestrictions_BODY']);
  expect(counted(Exposure.PARTNER)).toEqual(['HostingProviderIPList', 'SizeRestrictions_BODY', 'NoUserAgent_HEADER']);
  expect(counted(Exposure.INTERNAL)).toEqual(counted(Exposure.PARTNER));
});

test('leaves the verdict of a managed group to the group', () => {
  for (const { Statement, OverrideAction, Action } of rules.filter((rule) => rule.Name.startsWith('AWSManaged'))) {
    expect(Statement.ManagedRuleGroupStatement).toMatchObject({ VendorName: 'AWS' });
    expect([OverrideAction, Action]).toEqual([{ None: {} }, undefined]);
  }
});

test('answers with problem details and the security headers', () => {
  const [{ Properties }] = Object.values(template.findResources('AWS::WAFv2::WebACL')) as [{ Properties: { CustomResponseBodies: Record<string, { Content: string; ContentType: string }> } }];
  for (const { Action } of rules.filter((rule) => rule.Action !== undefined)) {
    const { CustomResponseBodyKey, ResponseCode, ResponseHeaders } = Action!.Block.CustomResponse;
    expect(JSON.parse(Properties.CustomResponseBodies[CustomResponseBodyKey]!.Content)).toEqual({ type: 'about:blank', status: ResponseCode, title: expect.any(String), detail: expect.any(String) });
    expect(Object.fromEntries(ResponseHeaders.map(({ Name, Value }) => [Name, Value]))).toMatchObject(SECURITY_HEADERS);
  }
});

test('tells no caller where the limits lie', () => {
  const [{ Properties }] = Object.values(template.findResources('AWS::WAFv2::WebACL')) as [{ Properties: { CustomResponseBodies: Record<string, { Content: string }> } }];
  for (const { Content } of Object.values(Properties.CustomResponseBodies)) expect(Content.replace(/"status":\d+/, '')).not.toMatch(/\d/);
});

test('inspects as much of a body as the gateway allows', () => {
  template.hasResourceProperties('AWS::WAFv2::WebACL', { AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_64' } } } });
});

test('samples no requests, and logs without credentials and query strings', () => {
  expect(JSON.stringify(template.toJSON())).not.toContain('"SampledRequestsEnabled":true');
  template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
    RedactedFields: [...['authorization', 'cookie', 'dpop', 'txn-token', 'x-api-key', 'x-protective-marking'].map((Name) => ({ SingleHeader: { Name } })), { QueryString: {} }],
  });
});

test('logs for a year, encrypted, under the name that the platform demands', () => {
  template.hasResource('AWS::Logs::LogGroup', {
    DeletionPolicy: 'Retain',
    Properties: { LogGroupName: 'aws-waf-logs-test-public', RetentionInDays: 365, KmsKeyId: Match.stringLikeRegexp('key/') },
  });
});

test('remembers the content types of its domain for the request models', () => {
  expect(construct.mediaTypes).toEqual(['application/json']);
  expect(trafficOf(partnerDomain(), [apiGroup(apiService({ exposure: [Exposure.PUBLIC] }))]).mediaTypes).toEqual([]);
});

test('takes the most generous address limit of the groups that the domain exposes', () => {
  expect(trafficOf(publicDomain(), groups).requestsPerAddress).toBe(2000);
  expect(trafficOf(internalDomain(), []).requestsPerAddress).toBe(10);
});
