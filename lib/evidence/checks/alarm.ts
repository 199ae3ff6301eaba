import type { Check } from '../check';

/** The alarms that evidence relies on: id, pattern of metric or alarm, and what each tells. */
const ALARMS = [
  ['refusals', '401|403|4XX|Refus|Unauthor|Forbidden', 'a surge of refused callers'],
  ['web-acl', 'Blocked', 'a surge of requests that the web ACL blocks'],
  ['throttling', 'Throttl|429|Count', 'callers that run into their limits'],
  ['errors', '5XX|Errors', 'crashes and errors'],
  ['latency', 'Latency', 'answers that take too long'],
] as const;

/** Real-time alerting. */
export const ALARM_CHECKS: readonly Check[] = [
  ...ALARMS.map(([name, pattern, tells]): Check => ({
    id: `alarm-${name}`,
    shows: `An alarm tells of ${tells}.`,
    types: ['AWS::CloudWatch::Alarm'], that: [{ path: '', matches: `"(MetricName|Expression|AlarmName)":"[^"]*(${pattern})` }], quantifier: 'some',
  })),
  {
    id: 'alarms-act',
    shows: 'Every alarm notifies somebody.',
    types: ['AWS::CloudWatch::Alarm'], that: [{ path: 'AlarmActions', exists: true }], quantifier: 'every',
  },
];
