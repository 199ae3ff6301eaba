import type { Check, Declaration, Qualifier } from '../check';
import type { Condition } from '../condition';
import { DECOY_RULES } from '../../contract/honeypot';
import { STORED_TRUST_STORE_TYPE, TRUST_STORE_METRIC } from '../../contract/stored-trust-store';
import { CANARY_API_KEYS, CANARY_CLIENTS, HONEYPOTS } from './decoy';
import { domainDeclared } from './security-domain';

const ALARM = 'AWS::CloudWatch::Alarm';

function refusedFor(reason: string): readonly Condition[] {
  return [{ path: 'MetricName', equals: 'Refusals' }, { path: 'Dimensions', someItem: [{ path: 'Name', equals: 'Reason' }, { path: 'Value', equals: reason }] }];
}

function unanswered(dependency: string): readonly Condition[] {
  return [{ path: 'MetricName', equals: 'DependencyFailures' }, { path: 'Dimensions', someItem: [{ path: 'Name', equals: 'Dependency' }, { path: 'Value', equals: dependency }] }];
}

function failing(of: string): readonly Condition[] {
  return [{ path: 'MetricName', equals: 'Errors' }, { path: 'Dimensions', matches: of }];
}

function counted(rule: string): readonly Condition[] {
  return [{ path: 'MetricName', equals: 'CountedRequests' }, { path: 'Dimensions', someItem: [{ path: 'Name', equals: 'Rule' }, { path: 'Value', equals: rule }] }];
}

/** Of a schedule that rotates the signing key. */
const SIGNING_KEY_SECRET: Condition = { path: 'SecretId', refersTo: [{ path: 'Description', matches: 'signs trust tokens' }] };

const AUTHORIZER_READS_LISTS: Declaration = { type: 'AWS::Lambda::Function', where: [{ path: '$configuration.revocation', exists: true }] };

const STORED_TRUST_STORE: Declaration = { type: STORED_TRUST_STORE_TYPE, where: [] };
/** The function that looks tells each time that it did. */
const PRIVATE_AUTHORITY_ENDS: readonly Condition[] = [{ path: 'MetricName', equals: TRUST_STORE_METRIC.daysLeft }, { path: 'TreatMissingData', equals: 'breaching' }];

/** The alarms that evidence relies on: id, what each watches, and what it tells. */
const ALARMS: readonly (readonly [name: string, watches: readonly Condition[], tells: string, owed?: Declaration])[] = [
  ['forged-trust-token', refusedFor('trust_token_forged'), 'a caller that brings a trust token of its own'],
  ['invalid-signatures', refusedFor('signature_invalid'), 'a surge of access tokens with invalid signatures'],
  ['missing-scopes', refusedFor('scope_insufficient'), 'a surge of callers that try more than they were granted'],
  ['keys-unreachable', refusedFor('dependency_failed'), 'an authorizer that cannot reach its keys'],
  ['web-acl', [{ path: 'MetricName', equals: 'BlockedRequests' }], 'a surge of requests that the web ACL blocks'],
  ['authorizer-errors', refusedFor('internal_error'), 'an authorizer that fails'],
  ['authorizer-throttled', [{ path: 'MetricName', equals: 'Throttles' }], 'an authorizer that runs out of capacity'],
  ['key-rotation', failing('^(?!.*ApiKey).*Rotation'), 'a signing key that was not rotated', { type: 'AWS::SecretsManager::RotationSchedule', where: [SIGNING_KEY_SECRET] }],
  ['signing', unanswered('SigningKey'), 'KMS failing to sign', { type: 'AWS::KMS::Key', where: [{ path: 'KeyUsage', equals: 'SIGN_VERIFY' }] }],
  ['requests-uncounted', unanswered('RateTable'), 'requests that cannot be counted, whether they are refused or let through', { type: 'AWS::Lambda::Function', where: [{ path: '$configuration.rateLimits', exists: true }] }],
  ['revoked-certificates', refusedFor('certificate_revoked'), 'a caller with a revoked certificate', AUTHORIZER_READS_LISTS],
  ['revocation-unknown', refusedFor('revocation_unknown'), 'a partner whose revocation list is not at hand', AUTHORIZER_READS_LISTS],
  ['server-certificates', [{ path: 'MetricName', equals: 'DaysToExpiry' }, { path: 'Threshold', atLeast: 30 }], 'a server certificate that is not renewed'],
  ['trust-store', [{ path: '', anyOf: [[{ path: 'Metrics', someItem: [{ path: 'Expression', matches: 'EPOCH' }] }], PRIVATE_AUTHORITY_ENDS] }, { path: 'Threshold', atLeast: 30 }], 'a partner authority that ends', domainDeclared('partner')],
  ['private-authorities', [...PRIVATE_AUTHORITY_ENDS, { path: 'Threshold', atLeast: 30 }], 'a stored certificate of a private CA that ends, or of which nobody knows', STORED_TRUST_STORE],
  ['trust-store-changed', [{ path: 'MetricName', equals: TRUST_STORE_METRIC.changed }], 'a private CA whose certificate is no longer the stored one', STORED_TRUST_STORE],
];

/** The alarms for which one request is enough: id, what each watches, what it tells, and what owes it. */
const AT_ONCE: readonly (readonly [name: string, watches: readonly Condition[], tells: string, owed: Declaration])[] = [
  ['honeypots', counted(DECOY_RULES.honeypot), 'call of a path that no API has', HONEYPOTS],
  ['canary-api-keys', counted(DECOY_RULES.canary), 'use of an API key that no consumer has', CANARY_API_KEYS],
  ['canary-clients', refusedFor('canary_presented'), 'use of a client that nobody uses', CANARY_CLIENTS],
];

const TOPIC: Condition = { path: '$type', equals: 'AWS::SNS::Topic' };

/** A topic policy replaces the default one: without such a statement no alarm reaches the topic. */
const ADMITS_ALARMS: Condition = {
  path: '', referencedBy: {
    type: 'AWS::SNS::TopicPolicy', path: 'Topics',
    that: [{
      path: 'PolicyDocument.Statement', someItem: [
        { path: 'Effect', equals: 'Allow' },
        { path: 'Principal.Service', equals: 'cloudwatch.amazonaws.com' },
        { path: 'Action', equals: 'sns:Publish' },
        { path: 'Condition.StringEquals.aws:SourceAccount', own: 'account' },
      ],
    }],
  },
};

const SUBSCRIBED: Qualifier = {
  missing: 'nobody is subscribed to the topic of the alarms; they show in the console and reach nobody.',
  check: {
    id: 'alarms-subscribed', shows: 'Somebody is subscribed to the topic of the alarms.',
    types: ['AWS::SNS::Topic'], where: [{ path: '', referencedBy: { type: ALARM, path: 'AlarmActions' } }],
    that: [{ path: '', referencedBy: { type: 'AWS::SNS::Subscription', path: 'TopicArn' } }], quantifier: 'every',
  },
};

/** Real-time alerting. */
export const ALARM_CHECKS: readonly Check[] = [
  ...ALARMS.map(([name, watches, tells, declaredBy]): Check => ({ id: `alarm-${name}`, shows: `An alarm tells of ${tells}.`, types: [ALARM], ...declaredBy ? { where: watches, that: [{ path: 'AlarmActions', exists: true }], declaredBy } : { that: watches }, quantifier: 'some', qualifiedBy: [SUBSCRIBED] })),
  ...AT_ONCE.map(([name, where, tells, declaredBy]): Check => ({
    id: `alarm-${name}`, shows: `An alarm tells of each ${tells}, within a minute of its being counted.`, types: [ALARM], where,
    that: [{ path: 'Threshold', atMost: 1 }, { path: 'Period', atMost: 60 }, { path: 'AlarmActions', exists: true }], quantifier: 'every', declaredBy, qualifiedBy: [SUBSCRIBED],
  })),
  {
    id: 'alarms-act',
    shows: 'Every alarm notifies topics of its environment, whose policy lets the alarms of the account publish.',
    types: [ALARM], that: [{ path: 'ActionsEnabled', anyOf: [[{ path: '', exists: false }], [{ path: '', equals: true }]] }, { path: 'AlarmActions', everyItem: [{ path: '', refersTo: [TOPIC, ADMITS_ALARMS] }] }], quantifier: 'every',
    qualifiedBy: [SUBSCRIBED],
  },
];
