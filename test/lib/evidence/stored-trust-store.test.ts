import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { EnvironmentStage } from '../../../lib';
import { readAssembly } from '../../../lib/evidence/assembly';
import { evaluateAll, traceRows } from '../../../lib/evidence/trace';
import { apiGroup, apiService, everyDomain, production } from '../../fixtures/declaration';
import { trustStoreWithPrivateAuthority } from '../../fixtures/private-authority';
import { TamperedAssembly, type Loose } from './tampered-assembly';

const DOMAIN = 'AWS::ApiGateway::DomainName';
const ALARM = 'AWS::CloudWatch::Alarm';
const directory = mkdtempSync(join(tmpdir(), 'stored-trust-store-'));
const mutualTls = ({ MutualTlsAuthentication }: Loose) => MutualTlsAuthentication !== undefined;
const watches = (metric: string) => ({ MetricName }: Loose) => MetricName === metric;
const readsStored = ({ Environment }: Loose) => Environment?.Variables?.STORED_AUTHORITIES !== undefined;
const statement = ({ Statement }: Loose, sid: string): Loose => (Statement as Loose[]).find(({ Sid }) => Sid === sid)!;
const acme = ({ clients }: Loose): Loose => (clients as Loose).acme as Loose;

// Under every rule pack: a finding would end the synthesis.
beforeAll(() => {
  const app = new App({ outdir: directory });
  new EnvironmentStage(app, 'Production', { environment: production({ partnerTrustStore: trustStoreWithPrivateAuthority(), hostedZoneId: 'Z0123456789ABCDEFGHIJ', alarmEmails: ['soc@bank.example'] }), securityDomains: everyDomain(), groups: [apiGroup(apiService())] });
  app.synth();
});
afterAll(() => rmSync(directory, { recursive: true }));

// One environment is apart from no other.
const failed = (): string[] => [...evaluateAll(readAssembly(directory)).values()].filter(({ holds, check }) => !holds && check.quantifier !== 'distinct').map(({ check }) => check.id);
let before: string[] = [];
beforeAll(() => { before = failed(); });

test('claims what it claims of a trust store that the template holds', () => {
  const about = ['partner-domain-mutual-tls', 'partner-clients-bound-to-certificates', 'partner-revocation-lists', 'alarm-trust-store', 'alarm-private-authorities', 'alarm-trust-store-changed'];
  expect(before.filter((id) => about.includes(id))).toEqual([]);
  expect(traceRows(evaluateAll(readAssembly(directory))).find(({ row: { control, asset } }) => control === 'ISM-1139' && asset === 'API Gateway')?.results.every(({ holds }) => holds)).toBe(true);
});

test.each<[string, string[], (assembly: TamperedAssembly) => void]>([
  ['the domain name is held to no version', ['partner-domain-mutual-tls'], (assembly) => assembly.resource(DOMAIN, ({ MutualTlsAuthentication }) => delete MutualTlsAuthentication.TruststoreVersion, mutualTls)],
  ['the domain name has a version of something else', ['partner-domain-mutual-tls'], (assembly) => assembly.resource(DOMAIN, ({ MutualTlsAuthentication }) => (MutualTlsAuthentication.TruststoreVersion['Fn::GetAtt'][1] = 'AuthoritiesVersion'), mutualTls)],
  ['the trust store is elsewhere', ['partner-domain-mutual-tls'], (assembly) => assembly.resource(DOMAIN, ({ MutualTlsAuthentication }) => (MutualTlsAuthentication.TruststoreUri = 's3://elsewhere/trust-store.pem'), mutualTls)],
  ['its bucket keeps no versions', ['partner-domain-mutual-tls'], (assembly) => assembly.resource('AWS::S3::Bucket', (properties) => (properties.VersioningConfiguration.Status = 'Suspended'), (_, id) => id.startsWith('TrustStore'))],
  ['anybody may write a version', ['partner-domain-mutual-tls'], (assembly) => assembly.resource('AWS::S3::BucketPolicy', ({ PolicyDocument }) => (PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Sid }: Loose) => Sid !== 'WrittenByItsFunctionOnly')), (_, id) => id.startsWith('TrustStore'))],
  ['a version may be deleted', ['partner-domain-mutual-tls'], (assembly) => assembly.resource('AWS::S3::BucketPolicy', ({ PolicyDocument }) => (statement(PolicyDocument, 'VersionsNeverEnd').Action = ['s3:DeleteObject']), (_, id) => id.startsWith('TrustStore'))],
  ['somebody may delete a version', ['partner-domain-mutual-tls'], (assembly) => assembly.resource('AWS::S3::BucketPolicy', ({ PolicyDocument }) => (statement(PolicyDocument, 'VersionsNeverEnd').Condition = { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/any' } }), (_, id) => id.startsWith('TrustStore'))],
  ['a lifecycle may be set', ['partner-domain-mutual-tls'], (assembly) => assembly.resource('AWS::S3::BucketPolicy', ({ PolicyDocument }) => (statement(PolicyDocument, 'KeepsVersions').Action = 's3:PutBucketVersioning'), (_, id) => id.startsWith('TrustStore'))],
  ['a name is accepted from any authority', ['partner-clients-bound-to-certificates'], (assembly) => assembly.configuration('partner', (configuration) => delete acme(configuration).certificates[0].privateIssuersOf)],
  ['a name is accepted from what is no authority', ['partner-clients-bound-to-certificates'], (assembly) => assembly.configuration('partner', (configuration) => (acme(configuration).certificates[0].issuers = ['']))],
  ['the authorizer reads another trust store', ['partner-clients-bound-to-certificates'], (assembly) => assembly.resource('AWS::Lambda::Function', ({ Environment }) => (Environment.Variables.STORED_AUTHORITIES = 'elsewhere/1'), readsStored)],
  ['a list may be signed by nobody', ['partner-revocation-lists'], (assembly) => assembly.configuration('partner', (configuration) => delete configuration.revocation[0].privateAuthorities)],
  ['nobody notices that no CA is read', ['alarm-private-authorities'], (assembly) => assembly.resource(ALARM, (properties) => (properties.TreatMissingData = 'ignore'), watches('AuthorityDaysLeft'))],
  ['no alarm tells of another certificate', ['alarm-trust-store-changed'], (assembly) => assembly.without(ALARM, watches('AuthoritiesChanged'))],
])('does not where %s', (_, checks, tamper) => {
  const assembly = new TamperedAssembly(directory);
  tamper(assembly);
  try {
    expect(failed().filter((id) => !before.includes(id))).toEqual(checks);
  } finally {
    assembly.restore();
  }
});
