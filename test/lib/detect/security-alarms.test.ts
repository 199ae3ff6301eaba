import { X509Certificate } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ApiGroup, ApiKey, Canary, ClientCertificate, Consumer, Exposure, Honeypots, RateLimit, SecurityDomain, ServicePlan, FileType, FileUploads, TrustTokenSigning } from '../../../lib';
import { StampedEnvironment } from '../../fixtures/environment-stage';
import { apiGroup, apiService, certificateFile, production, publicDomain, testEnvironment } from '../../fixtures/declaration';
import { trustStoreWithPrivateAuthority } from '../../fixtures/private-authority';

interface AlarmProperties {
  readonly AlarmDescription: string;
  readonly AlarmActions: unknown[];
  readonly TreatMissingData: string;
  readonly MetricName: string;
  readonly Threshold: number;
  readonly Period?: number;
  readonly Namespace: string;
  readonly Dimensions: { Name: string; Value: unknown }[];
}

// What follows the alarms is what operators do without one.
const [RUNBOOK = ''] = readFileSync(join(__dirname, '../../../docs/runbook.md'), 'utf8').split(/^# Procedures$/m);
const HEADINGS = [...RUNBOOK.matchAll(/^## (\w+)$/gm)].map(([, heading]) => heading!);
const internalDomain = SecurityDomain.internal({ consumers: [Consumer.system('ledger', { apiKey: ApiKey.rotated() })] });
const partners = SecurityDomain.partner({ consumers: [Consumer.system('acme', { certificates: [ClientCertificate.bySubject('CN=acme,O=Acme'), ClientCertificate.fromPem(certificateFile('leaf'))] })] });
const stamped = new StampedEnvironment({ environment: testEnvironment({ alarmEmails: ['soc@bank.example'] }), securityDomains: [publicDomain(), partners, internalDomain] });
const template = stamped.template('Alarms');
const alarms = alarmsOf(stamped);
const counted = new ApiGroup('accounts', { services: [apiService()], plan: ServicePlan.of({ consumerLimit: RateLimit.perMinute(600) }) });
const countingAlarms = alarmsOf(new StampedEnvironment({ groups: [counted] }));
const kmsAlarms = alarmsOf(new StampedEnvironment({ environment: testEnvironment({ signing: TrustTokenSigning.KMS }) }));

const privateAuthorityAlarms = alarmsOf(new StampedEnvironment({ environment: testEnvironment({ partnerTrustStore: trustStoreWithPrivateAuthority() }) }));

const [AUTHORITY = ''] = testEnvironment().partnerTrustStore!.authorities;
const PINNED = ClientCertificate.fromPem(certificateFile('leaf'));
const FINGERPRINT = new X509Certificate(AUTHORITY).fingerprint256.replaceAll(':', '').toLowerCase().slice(0, 16);

const fileAlarms = alarmsOf(new StampedEnvironment({}, (stage) => {
  new FileUploads(new Stack(stage, 'Documents'), 'Files', { environment: stage, service: 'documents', types: [FileType.PDF], alarmTopic: stage.alarmTopic });
}), 'Documents');

const decoys = Honeypots.of({ canaries: [Canary.client('legacy-batch'), Canary.apiKey('billing-export')], blockFor: Duration.hours(1) });
const decoyAlarms = alarmsOf(new StampedEnvironment({ securityDomains: [SecurityDomain.public({ consumers: [Consumer.browser('web-bank')], honeypots: decoys }), partners, internalDomain] }));

test('tells of one hit of a decoy at once, and of blocks that fail', () => {
  const own = decoyAlarms.filter(({ id }) => /Honeypot|Canary|Decoy/.test(id)).map(({ id, MetricName, Threshold, Period }) => [id.replace(/^Alarms|[0-9A-F]{8}$/g, ''), MetricName, Threshold, Period]);
  expect(own.sort()).toEqual([['PublicCanaryApiKeyUsed', 'CountedRequests', 1, 60], ['PublicCanaryClientUsed', 'Refusals', 1, 60], ['PublicDecoyBlockFailed', 'Errors', 3, 300], ['PublicHoneypotHit', 'CountedRequests', 1, 60]]);
});

function alarmsOf(environment: StampedEnvironment, stack = 'Alarms'): (AlarmProperties & { readonly id: string })[] {
  return Object.entries(environment.template(stack).findResources('AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => ({ id, ...(Properties as AlarmProperties) }));
}

test('watches every domain, and the key rotation once', () => {
  const ids = alarms.map(({ id }) => id.replace(/^Alarms|[0-9A-F]{8}$/g, ''));
  const ofPartners = ['PartnerRevokedCertificateUsed', 'PartnerRevocationUnknown', 'PartnerRevocationListFailures', `PartnerTrustStoreExpiryacme${FINGERPRINT}`, `PartnerClientCertificateExpiryacme${PINNED.sha256!.slice(0, 16)}`];
  const perDomain = ['ServerCertificateExpiry', 'ForgedTrustToken', 'ForgedTrustTokenAtEdge', 'InvalidSignatureSurge', 'ScopeRefusalSurge', 'SubjectMismatchSurge', 'ProofReplaySurge', 'DependencyFailed', 'WebAclBlockSurge', 'AuthorizerErrors', 'AuthorizerTimeouts', 'AuthorizerThrottles', 'UnauthorizedSurge'];
  expect(ids.sort()).toEqual(['KeyRotationFailed', ...ofPartners, 'InternalApiKeyMismatchSurge', 'InternalApiKeyRotationFailed', ...['Public', 'Partner', 'Internal'].flatMap((domain) => perDomain.map((id) => `${domain}${id}`))].sort());
});

test.each([...alarms, ...kmsAlarms, ...countingAlarms, ...fileAlarms, ...decoyAlarms].map(({ id, AlarmDescription }) => [id, AlarmDescription]))('points %s to a heading of the runbook', (_, description) => {
  const [, heading] = /^[A-Z].+\. Runbook: (\w+)\.$/.exec(description) ?? [];
  expect(HEADINGS).toContain(heading);
});

test('has a runbook heading for nothing else, each with first checks and how to silence', () => {
  expect([...HEADINGS].sort()).toEqual([...new Set([...alarms, ...kmsAlarms, ...countingAlarms, ...fileAlarms, ...decoyAlarms, ...privateAuthorityAlarms].map(({ AlarmDescription }) => /Runbook: (\w+)/.exec(AlarmDescription)![1]!))].sort());
  for (const section of RUNBOOK.split(/^## /m).slice(1)) {
    expect(section).toMatch(/^First checks: /m);
    expect(section).toMatch(/^Silence: /m);
  }
});

// A certificate that has ended publishes nothing any more.
test('notifies the topic, and takes silence for good news, but for certificates', () => {
  for (const { id, AlarmActions, TreatMissingData } of alarms) {
    expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^AlarmsTopic/) }]);
    expect(TreatMissingData).toBe(/Expiry/.test(id) ? 'ignore' : 'notBreaching');
  }
});

// An export that the alarms imported would be in use when the last consumer with an API key goes, and its stack could not be updated.
test('knows the rotation of API keys by its name, not by an export of its stack', () => {
  const { Dimensions } = alarms.find(({ id }) => id.includes('ApiKeyRotationFailed'))!;
  expect(Dimensions).toEqual([{ Name: 'FunctionName', Value: 'Test-internal-ApiKeyRotation' }]);
  stamped.template('Internal').hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'Test-internal-ApiKeyRotation', Description: Match.stringLikeRegexp('API keys') });
  expect(Object.keys(stamped.template('Internal').findOutputs('*')).filter((id) => id.includes('ApiKeys'))).toEqual([]);
});

test('counts what the authorizer of that environment and domain records', () => {
  const dimensions = alarms.filter(({ MetricName }) => MetricName === 'Refusals').map(({ Dimensions }) => Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])));
  expect(dimensions).toContainEqual({ Environment: 'Test', SecurityDomain: 'partner', Reason: 'trust_token_forged' });
  for (const Reason of ['subject_mismatch', 'proof_replayed']) expect(dimensions).toContainEqual({ Environment: 'Test', SecurityDomain: 'public', Reason });
  expect(new Set(dimensions.map(({ Environment }) => Environment))).toEqual(new Set(['Test']));
});

test('counts blocked requests under the names that the web ACL gives its metrics', () => {
  const [webAcl] = stamped.resources('Public', 'AWS::WAFv2::WebACL') as [{ VisibilityConfig: { MetricName: string }; Rules: { VisibilityConfig: { MetricName: string } }[] }];
  const watched = alarms.filter(({ id, MetricName }) => id.startsWith('AlarmsPublic') && MetricName === 'BlockedRequests');
  const value = (name: string, { Dimensions }: AlarmProperties): unknown => Dimensions.find(({ Name }) => Name === name)?.Value;
  expect(watched.map((alarm) => value('WebACL', alarm))).toEqual([webAcl.VisibilityConfig.MetricName, webAcl.VisibilityConfig.MetricName]);
  expect(['ALL', ...webAcl.Rules.map(({ VisibilityConfig }) => VisibilityConfig.MetricName)]).toEqual(expect.arrayContaining(watched.map((alarm) => value('Rule', alarm))));
});

test('watches what cannot be counted, and who goes on above a limit, where requests are counted', () => {
  const watched = (metric: string, value: string) => countingAlarms.filter(({ MetricName, Dimensions }) => MetricName === metric && Dimensions.some(({ Value }) => Value === value)).length;
  const domains = new Set(countingAlarms.flatMap(({ id }) => /^Alarms(Public|Partner|Internal)DependencyFailed/.exec(id)?.[1] ?? [])).size;
  expect(domains).toBeGreaterThan(0);
  expect([watched('DependencyFailures', 'RateTable'), watched('Refusals', 'rate_limit_exceeded')]).toEqual([domains, domains]);
});

test('tells of a server certificate that is not renewed, of every domain', () => {
  const watched = alarms.filter(({ MetricName }) => MetricName === 'DaysToExpiry');
  expect(watched.map(({ id }) => id.replace(/ServerCertificateExpiry.*/, ''))).toEqual(['AlarmsPublic', 'AlarmsPartner', 'AlarmsInternal']);
  for (const alarm of watched) {
    expect(alarm).toMatchObject({ Namespace: 'AWS/CertificateManager', Threshold: 30, ComparisonOperator: 'LessThanOrEqualToThreshold', Statistic: 'Minimum', Period: 86_400, Dimensions: [{ Name: 'CertificateArn' }] });
  }
});

test('tells of every authority of a trust store before it ends, by the clock alone', () => {
  const [alarm] = alarms.filter(({ id }) => id.includes('TrustStoreExpiry')) as unknown as [{ Metrics: { Expression?: string; ReturnData?: boolean; MetricStat?: { Metric: { MetricName: string } } }[]; Threshold: number; ComparisonOperator: string; AlarmDescription: string }];
  expect(alarm).toMatchObject({ Threshold: 30, ComparisonOperator: 'LessThanOrEqualToThreshold' });
  expect(alarm.AlarmDescription).toContain(`SHA-256 ${FINGERPRINT}`);
  const [expression] = alarm.Metrics.flatMap(({ Expression }) => Expression ?? []) as [string];
  expect(alarm.Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? [])).toEqual(['DaysToExpiry']);
  const [, end] = /^\((\d+) - EPOCH\(clock\)\) \/ 86400$/.exec(expression)!;
  expect(Number(end) * 1000).toBe(Date.parse(new X509Certificate(AUTHORITY).validTo));
});

test('tells of a client certificate that was declared itself before it ends', () => {
  const [alarm] = alarms.filter(({ id }) => id.includes('ClientCertificateExpiry')) as unknown as [{ Metrics: { Expression?: string }[]; AlarmDescription: string }];
  expect(alarm.Metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual([`(${Date.parse(new X509Certificate(PINNED.pem!).validTo) / 1000} - EPOCH(clock)) / 86400`]);
  expect(alarm.AlarmDescription).toContain('of consumer acme');
});

test('watches no authorities where there is no partner domain', () => {
  const other = alarmsOf(new StampedEnvironment({ securityDomains: [publicDomain(), internalDomain], groups: [apiGroup(apiService({ approvedExposure: [Exposure.PUBLIC, Exposure.INTERNAL] }))] }));
  expect(other.filter(({ id }) => /TrustStoreExpiry|Revo[ck]/.test(id))).toEqual([]);
});

test('encrypts the topic, refuses plain HTTP and writes to whoever opens alarms', () => {
  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) },
  });
  template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'soc@bank.example' });
});

test('has no subscriber when nobody was named', () => {
  new StampedEnvironment({ environment: production() }).template('Alarms').resourceCountIs('AWS::SNS::Subscription', 0);
});

test('counts a 401 as an error only where nearly every call is one', () => {
  const { Metrics, Threshold } = alarms.find(({ id }) => id.startsWith('AlarmsPublicUnauthorizedSurge')) as unknown as { Metrics: { Expression?: string; MetricStat?: { Metric: { MetricName: string } } }[]; Threshold: number };
  expect(Metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual(['IF(calls >= 50, 100 * errors / calls, 0)']);
  expect(Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []).sort()).toEqual(['Errors', 'Invocations']);
  expect(Threshold).toBe(90);
});

test("lets this account's alarms publish, which the topic's own policy would otherwise forbid", () => {
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({
        Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '222222222222' }, ArnLike: { 'aws:SourceArn': Match.anyValue() } },
      })]),
    },
  });
});
