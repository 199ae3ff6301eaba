import { EXCEPTABLE_RULES } from '../../../lib/contract/managed-rule';
import { WEB_ACL_CAPACITY } from '../../../lib/contract/web-acl-capacity';
import { several, type HostileChange } from './hostile-change';
import type { Loose } from './tampered-assembly';

const WEB_ACL = 'AWS::WAFv2::WebACL';
const FOREIGN = '999999999999';

const group = (name: string) => ({ Rules }: Loose): Loose => Rules.find(({ Statement }: Loose) => Statement.ManagedRuleGroupStatement?.Name === name) as Loose;
const common = group('AWSManagedRulesCommonRuleSet');
const ambiguousPath = ({ Rules }: Loose): Loose => Rules.find(({ Statement }: Loose) => Statement.RegexMatchStatement?.RegexString.includes('%2f')).Statement.RegexMatchStatement as Loose;
const everything = { SizeConstraintStatement: { FieldToMatch: { UriPath: {} }, ComparisonOperator: 'GE', Size: 0 } };

const label = { LabelMatchStatement: { Scope: 'LABEL', Key: EXCEPTABLE_RULES.CrossSiteScripting_BODY.label } };
const exceptedOperation = { NotStatement: { Statement: { AndStatement: { Statements: [{ ByteMatchStatement: { FieldToMatch: { Method: {} } } }, { RegexMatchStatement: { FieldToMatch: { UriPath: {} } } }] } } } };

const webAcl = [
  ...several(['web-acl-attached', 'web-acl-common', 'web-acl-size', 'web-acl-trust-token'], ['ISM-0628 API Gateway', 'ISM-0971 API Gateway', 'ISM-1240 API Service', 'ISM-1546 API Gateway', 'ISM-1862 API Gateway'], {
    'a rule that lets everything past the others': (assembly) => assembly.resource(WEB_ACL, ({ Rules }) => Rules.unshift({ Name: 'Trusted', Priority: -1, Statement: everything, Action: { Allow: {} } })),
  }),
  ...several(['web-acl-trust-token'], ['ISM-1546 API Gateway'], {
    'a rule that only counts': (assembly) => assembly.resource(WEB_ACL, ({ Rules }) => (Rules.find(({ Statement }: Loose) => Statement.SizeConstraintStatement?.FieldToMatch.SingleHeader?.Name === 'txn-token').Action = { Count: {} })),
  }),
  ...several(['web-acl-capacity'], ['ISM-0971 API Gateway'], {
    'a web ACL whose capacity nobody computed': (assembly) => assembly.metadata(WEB_ACL, (metadata) => (metadata[WEB_ACL_CAPACITY] = {})),
  }),
  ...several(['web-acl-common'], ['ISM-0971 API Gateway', 'ISM-1240 API Service'], {
    'a rule group that only counts': (assembly) => assembly.resource(WEB_ACL, (properties) => (common(properties).OverrideAction = { Count: {} })),
    'a rule of a group that counts, and is blocked elsewhere under a further condition': (assembly) => assembly.resource(WEB_ACL, (properties) => {
      common(properties).Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'CrossSiteScripting_BODY', ActionToUse: { Count: {} } }];
      properties.Rules.push({ Name: 'elsewhere', Action: { Block: {} }, Statement: { AndStatement: { Statements: [label, exceptedOperation, everything] } } });
    }),
    'a rule of a group that counts, and is blocked nowhere': (assembly) => assembly.resource(WEB_ACL, (properties) => {
      common(properties).Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'CrossSiteScripting_BODY', ActionToUse: { Count: {} } }];
      properties.Rules.push({ Name: 'elsewhere', Action: { Count: {} }, Statement: { AndStatement: { Statements: [label, exceptedOperation] } } });
    }),
    'a rule group that looks at one path': (assembly) => assembly.resource(WEB_ACL, (properties) => (common(properties).Statement.ManagedRuleGroupStatement.ScopeDownStatement = everything)),
    'a rule group without one of its rules': (assembly) => assembly.resource(WEB_ACL, (properties) => (common(properties).Statement.ManagedRuleGroupStatement.ExcludedRules = [{ Name: 'CrossSiteScripting_BODY' }])),
    'a rule of a group that was made to count': (assembly) => assembly.resource(WEB_ACL, (properties) => (common(properties).Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'CrossSiteScripting_BODY', ActionToUse: { Count: {} } }])),
    'a rule of a group that was made to allow': (assembly) => assembly.resource(WEB_ACL, (properties) => (common(properties).Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Allow: {} } }])),
  }),
  ...several(['web-acl-ambiguous-path'], ['ISM-0971 API Gateway', 'ISM-1240 API Service', 'ISM-1546 API Gateway', 'ISM-1546 API Service', 'ISM-1851 API Service'], {
    'an expression of ambiguous paths that matches none of them': (assembly) => assembly.resource(WEB_ACL, (properties) => (ambiguousPath(properties).RegexString += '(?!)')),
    'an expression of ambiguous paths that misses one way to write a slash': (assembly) => assembly.resource(WEB_ACL, (properties) => (ambiguousPath(properties).RegexString = ambiguousPath(properties).RegexString.replace('%c[01]', '%c[01]x'))),
    'an expression of ambiguous paths that matches every path': (assembly) => assembly.resource(WEB_ACL, (properties) => (ambiguousPath(properties).RegexString += '|^/')),
    'an expression of ambiguous paths that is no expression': (assembly) => assembly.resource(WEB_ACL, (properties) => (ambiguousPath(properties).RegexString += '(')),
    'an expression of ambiguous paths that sees capital letters': (assembly) => assembly.resource(WEB_ACL, (properties) => (ambiguousPath(properties).TextTransformations = [{ Priority: 0, Type: 'NONE' }])),
  }),
  ...several(['web-acl-rate'], ['ISM-1851 API Service'], {
    'a rate rule that counts one path': (assembly) => assembly.resource(WEB_ACL, ({ Rules }) => {
      for (const { Statement } of Rules) if (Statement.RateBasedStatement) Statement.RateBasedStatement.ScopeDownStatement = everything;
    }),
  }),
  ...several(['web-acl-log-redacted'], ['ISM-2052 API Gateway'], Object.fromEntries(['authorization', 'x-api-key', 'dpop', 'txn-token', 'cookie', 'x-protective-marking'].map((name) => [
    `a web ACL log with the header ${name}`,
    (assembly) => assembly.resource('AWS::WAFv2::LoggingConfiguration', (properties) => (properties.RedactedFields = properties.RedactedFields.filter(({ SingleHeader }: Loose) => SingleHeader?.Name !== name))),
  ]))),
  ...several(['web-acl-log-path-redacted'], ['ISM-2052 API Gateway'], {
    'a web ACL log with paths': (assembly) => assembly.resource('AWS::WAFv2::LoggingConfiguration', (properties) => (properties.RedactedFields = properties.RedactedFields.filter(({ UriPath }: Loose) => UriPath === undefined))),
  }),
];

const firstClient = ({ clients }: Loose): Loose => Object.values(clients)[0] as Loose;

const partners = several(['partner-clients-bound-to-certificates'], ['ISM-0469 API Gateway', 'ISM-1139 API Gateway'], {
  'a partner with any certificate': (assembly) => assembly.configuration('partner', (configuration) => (firstClient(configuration).certificates = [{}])),
  'a partner without certificates': (assembly) => assembly.configuration('partner', (configuration) => delete firstClient(configuration).certificates),
  'a partner with a name that any authority may issue': (assembly) => assembly.configuration('partner', (configuration) => (firstClient(configuration).certificates = [{ subject: 'CN=acme' }])),
  'a partner with a name from no authority': (assembly) => assembly.configuration('partner', (configuration) => (firstClient(configuration).certificates = [{ subjectAlternativeName: 'acme.example', issuers: [] }])),
  'a partner with an authority and no name': (assembly) => assembly.configuration('partner', (configuration) => (firstClient(configuration).certificates = [{ issuers: ['-----BEGIN CERTIFICATE-----'] }])),
});

const firstOperation = ({ operations }: Loose): Loose => Object.values(operations)[0] as Loose;

const implicitTrust = several(['authorizer-implicit-trust'], ['ISM-1546 API Gateway', 'ISM-1546 API Service'], {
  'a trusted application without a certificate': (assembly) => assembly.configuration('internal', (configuration) => Object.assign(firstClient(configuration), { type: 'trusted-application', certificates: undefined })),
  'a trusted application with any certificate': (assembly) => assembly.configuration('partner', (configuration) => Object.assign(firstClient(configuration), { type: 'trusted-application', certificates: [{}] })),
  'a client of a type that nobody knows': (assembly) => assembly.configuration('public', (configuration) => (firstClient(configuration).type = 'trusted')),
});

const authenticationLevels = several(['authorizer-authentication-levels'], ['ISM-1546 API Gateway', 'ISM-1546 API Service'], {
  'an authentication that asks for no class': (assembly) => assembly.configuration('public', (configuration) => (firstOperation(configuration).authentication = { acrValues: [] })),
  'an authentication of any age': (assembly) => assembly.configuration('public', (configuration) => (firstOperation(configuration).authentication = { maxAgeSeconds: 0 })),
});

const accessPolicies = several(['authorizer-access-policies'], ['ISM-1546 API Gateway', 'ISM-1546 API Service'], {
  'a service whose access policies are gone': (assembly) => assembly.configuration('public', (configuration) => (configuration.accessPolicies = { accounts: {} })),
  'a forbid that an operation leaves out': (assembly) => assembly.configuration('public', (configuration) => {
    const [[key, { service }]] = Object.entries(configuration.operations as Record<string, Loose>) as [[string, Loose]];
    const planted = { policy: { effect: 'forbid', action: { op: 'in', entities: [{ type: 'Action', id: key.split(' ')[1] }] } } };
    configuration.accessPolicies = { ...configuration.accessPolicies, [service]: { ...configuration.accessPolicies?.[service], planted } };
  }),
  'an access policy that neither permits nor forbids': (assembly) => assembly.configuration('public', (configuration) => (configuration.accessPolicies = { accounts: { read: { policy: { effect: 'allow' } } } })),
});

const trustStore = several(['partner-domain-mutual-tls'], ['ISM-0469 API Gateway', 'ISM-0628 API Gateway', 'ISM-1139 API Gateway'], {
  'a trust store that is not in the assembly': (assembly) => assembly.resource('AWS::ApiGateway::DomainName', ({ MutualTlsAuthentication }) => (MutualTlsAuthentication.TruststoreUri = `s3://elsewhere/${'0'.repeat(64)}.pem`), ({ MutualTlsAuthentication }) => MutualTlsAuthentication !== undefined),
});

const decoyRule = (name: string) => ({ Rules }: Loose): Loose => Rules.find(({ Name }: Loose) => Name === name) as Loose;
const hasRule = (name: string) => (properties: Loose): boolean => decoyRule(name)(properties) !== undefined;
const DECOYS = ['ISM-0120 API Gateway'];

const decoys = [
  ...several(['honeypots-counted'], DECOYS, {
    'a honeypot rule that labels nothing': (assembly) => assembly.resource(WEB_ACL, (properties) => delete decoyRule('Honeypot')(properties).RuleLabels, hasRule('Honeypot')),
    'a honeypot rule that comes after those that block': (assembly) => assembly.resource(WEB_ACL, (properties) => (decoyRule('Honeypot')(properties).Priority = 90), hasRule('Honeypot')),
    'a honeypot rule that blocks, by which a caller knows it': (assembly) => assembly.resource(WEB_ACL, (properties) => (decoyRule('Honeypot')(properties).Action = { Block: {} }), hasRule('Honeypot')),
  }),
  ...several(['decoy-blocks-by-connection'], DECOYS, {
    'a block by an address that the caller names': (assembly) => assembly.resource(WEB_ACL, (properties) => (decoyRule('DecoyBlock')(properties).Statement = { IPSetReferenceStatement: { ARN: 'set', IPSetForwardedIPConfig: { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'NO_MATCH', Position: 'FIRST' } } }), hasRule('DecoyBlock')),
  }),
  ...several(['alarm-honeypots'], DECOYS, {
    'an alarm that waits for a tenth call of a honeypot': (assembly) => assembly.resource('AWS::CloudWatch::Alarm', (properties) => (properties.Threshold = 10), ({ Dimensions }) => JSON.stringify(Dimensions ?? '').includes('"Honeypot"')),
  }),
];

const alarms = several(['alarms-act'], ['ISM-0120 API Service', 'ISM-0634 API Gateway', 'ISM-1581 API Gateway'], {
  'a topic policy that admits no alarm': (assembly) => assembly.resource('AWS::SNS::TopicPolicy', ({ PolicyDocument }) => (PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Effect }: Loose) => Effect !== 'Allow'))),
  'a topic policy that admits the alarms of another account': (assembly) => assembly.resource('AWS::SNS::TopicPolicy', ({ PolicyDocument }) => (PolicyDocument.Statement.find(({ Effect }: Loose) => Effect === 'Allow').Condition.StringEquals['aws:SourceAccount'] = FOREIGN)),
  'an alarm that notifies somebody else': (assembly) => assembly.resource('AWS::CloudWatch::Alarm', (properties) => (properties.AlarmActions = [`arn:aws:sns:ap-southeast-2:${FOREIGN}:alarms`])),
  'an alarm that is switched off': (assembly) => assembly.resource('AWS::CloudWatch::Alarm', (properties) => (properties.ActionsEnabled = false)),
});

const permissions = several(['function-permissions-bound'], ['ISM-0289 API Service', 'ISM-1182 API Gateway'], {
  'a permission for everybody\'s resources': (assembly) => assembly.resource('AWS::Lambda::Permission', (properties) => {
    delete properties.SourceArn;
    delete properties.SourceAccount;
  }),
  'a permission for another account': (assembly) => assembly.resource('AWS::Lambda::Permission', (properties) => (properties.Principal = FOREIGN)),
});

const isExecutionLog = ({ LogGroupName }: Loose) => JSON.stringify(LogGroupName ?? '').includes('API-Gateway-Execution-Logs');

const logs = several(['execution-logs-declared'], ['ISM-1985 API Gateway', 'ISM-1988 API Gateway', 'ISM-2052 API Gateway'], {
  'an execution log that the gateway makes itself': (assembly) => assembly.without('AWS::Logs::LogGroup', isExecutionLog),
  'an execution log without a key': (assembly) => assembly.resource('AWS::Logs::LogGroup', (properties) => delete properties.KmsKeyId, isExecutionLog),
  'an execution log of another stage': (assembly) => assembly.resource('AWS::Logs::LogGroup', (properties) => (properties.LogGroupName['Fn::Join'][1][2] = '/other'), isExecutionLog),
});

const SCHEDULE = 'AWS::SecretsManager::RotationSchedule';
const ofApiKey = ({ SecretId }: Loose) => /ApiKey/.test(JSON.stringify(SecretId));
const ofSigningKey = ({ SecretId }: Loose) => /SigningKey/.test(JSON.stringify(SecretId));
const ELSEWHERE = `arn:aws:lambda:ap-southeast-2:${FOREIGN}:function:elsewhere`;

const rotations = [
  ...several(['api-keys-rotated'], ['ISM-1597 API Lifecycle'], {
    'an API key that a function of somebody else replaces': (assembly) => assembly.resource(SCHEDULE, (properties) => (properties.RotationLambdaARN = ELSEWHERE), ofApiKey),
    'an API key that is replaced at no time': (assembly) => assembly.resource(SCHEDULE, (properties) => (properties.RotationRules = { Duration: '3h' }), ofApiKey),
  }),
  ...several(['signing-key-rotated'], ['ISM-1597 API Lifecycle'], {
    'a signing key that a function of somebody else replaces': (assembly) => assembly.resource(SCHEDULE, (properties) => (properties.RotationLambdaARN = ELSEWHERE), ofSigningKey),
    'a signing key that is replaced at no time': (assembly) => assembly.resource(SCHEDULE, (properties) => (properties.RotationRules = { Duration: '3h' }), ofSigningKey),
  }),
];

const isReplayTable = ({ TimeToLiveSpecification }: Loose, logicalId: string) => TimeToLiveSpecification?.AttributeName === 'until' && !logicalId.includes('Nonces');
const hasReplayTable = ({ Environment }: Loose) => Environment?.Variables?.REPLAY_TABLE_ARN !== undefined;

const replays = several(['replay-tables-encrypted'], ['ISM-1546 API Gateway'], {
  'a table of used proofs that is not there': (assembly) => assembly.without('AWS::DynamoDB::Table', isReplayTable),
  'a table of used proofs without the key of the environment': (assembly) => assembly.resource('AWS::DynamoDB::Table', (properties) => delete properties.SSESpecification, isReplayTable),
  'an authorizer that remembers used proofs in a table of somebody else': (assembly) => assembly.resource('AWS::Lambda::Function', ({ Environment }) => (Environment.Variables.REPLAY_TABLE_ARN = `arn:aws:dynamodb:ap-southeast-2:${FOREIGN}:table/elsewhere`), hasReplayTable),
  'an authorizer that is told no table for used proofs': (assembly) => assembly.resource('AWS::Lambda::Function', ({ Environment }) => delete Environment.Variables.REPLAY_TABLE_ARN, hasReplayTable),
  'a table of used proofs that forgets nothing, beside one that does': (assembly) => {
    assembly.resource('AWS::DynamoDB::Table', (properties) => delete properties.TimeToLiveSpecification, isReplayTable);
    assembly.add('AWS::DynamoDB::Table', { TimeToLiveSpecification: { AttributeName: 'until', Enabled: true }, SSESpecification: { SSEEnabled: true, KMSMasterKeyId: 'key' } });
  },
  'a table of used proofs that forgets by another attribute': (assembly) => assembly.resource('AWS::DynamoDB::Table', (properties) => (properties.TimeToLiveSpecification.AttributeName = 'id'), isReplayTable),
});

const denies = (condition: string) => ({ PolicyDocument }: Loose): Loose | undefined => PolicyDocument.Statement.find(({ Effect, Condition }: Loose) => Effect === 'Deny' && JSON.stringify(Condition).includes(condition)) as Loose | undefined;
const ofScanTag = denies('ExistingObjectTag');
const isQuarantine = (properties: Loose): boolean => ofScanTag(properties) !== undefined;
const QUARANTINED = ['ISM-0649 API Gateway', 'ISM-0971 API Gateway', 'ISM-1284 API Gateway'];

const files = [
  ...several(['file-quarantine-closed'], QUARANTINED, {
    'a quarantine that a role of somebody else may read': (assembly) => assembly.resource('AWS::S3::BucketPolicy', (properties) => ofScanTag(properties)!.Condition.ArnNotEquals['aws:PrincipalArn'].push(`arn:aws:iam::${FOREIGN}:role/reader`), isQuarantine),
    'a quarantine that is closed in part': (assembly) => assembly.resource('AWS::S3::BucketPolicy', (properties) => (ofScanTag(properties)!.Resource['Fn::Join'][1][1] = '/part/*'), isQuarantine),
    'a quarantine that is closed to whom something else is true of': (assembly) => assembly.resource('AWS::S3::BucketPolicy', (properties) => (ofScanTag(properties)!.Condition.Bool = { 'aws:MultiFactorAuthPresent': 'false' }), isQuarantine),
    'a quarantine that may be read with threats': (assembly) => assembly.resource('AWS::S3::BucketPolicy', (properties) => (ofScanTag(properties)!.Condition.StringNotEquals['s3:ExistingObjectTag/GuardDutyMalwareScanStatus'] = ['NO_THREATS_FOUND', 'THREATS_FOUND']), isQuarantine),
  }),
  ...several(['file-quarantine-scanned'], ['ISM-0971 API Gateway', 'ISM-1284 API Gateway'], {
    'a scan of a part of the quarantine': (assembly) => assembly.resource('AWS::GuardDuty::MalwareProtectionPlan', ({ ProtectedResource }) => (ProtectedResource.S3Bucket.ObjectPrefixes = ['part/'])),
    'a scan of another bucket': (assembly) => assembly.resource('AWS::GuardDuty::MalwareProtectionPlan', ({ ProtectedResource }) => (ProtectedResource.S3Bucket.BucketName = 'elsewhere')),
  }),
  ...several(['file-release-by-content'], ['ISM-0649 API Gateway', 'ISM-1284 API Gateway'], {
    'a rule for scan results that is off': (assembly) => assembly.resource('AWS::Events::Rule', (properties) => (properties.State = 'DISABLED'), ({ EventPattern }) => JSON.stringify(EventPattern).includes('Scan Result')),
    'a rule for scan results that invokes somebody else': (assembly) => assembly.resource('AWS::Events::Rule', ({ Targets }) => (Targets[0].Arn = ELSEWHERE), ({ EventPattern }) => JSON.stringify(EventPattern).includes('Scan Result')),
  }),
];

/** Every change to what surrounds the gateway that must not pass for evidence. */
export const SURROUNDING_CHANGES: readonly HostileChange[] = [...webAcl, ...partners, ...implicitTrust, ...authenticationLevels, ...accessPolicies, ...trustStore, ...decoys, ...alarms, ...permissions, ...logs, ...rotations, ...replays, ...files];
