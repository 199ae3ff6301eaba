import { AuditLog } from '../../../lambda/authorizer/audit-log';
import { DependencyFailure } from '../../../runtime/dependency-failure';

function logged(act: (log: AuditLog) => void): Record<string, unknown> {
  const lines: string[] = [];
  act(new AuditLog({ environment: 'Test', securityDomain: 'public' }, (line) => lines.push(line), () => 0));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0]!) as Record<string, unknown>;
}

test('writes who, what and when', () => {
  expect(logged((log) => log.record(log.facts({ txn: 't' }), { outcome: 'allowed', subject: 'user-1' }))).toEqual({
    type: 'authorization', time: '1970-01-01T00:00:00.000Z', environment: 'Test', securityDomain: 'public', outcome: 'allowed', txn: 't', subject: 'user-1',
  });
});

test('counts a refusal by its reason', () => {
  expect(logged((log) => log.record(log.facts({ txn: 't' }), { outcome: 'refused', reason: 'token_expired' }))).toMatchObject({
    Environment: 'Test', SecurityDomain: 'public', Reason: 'token_expired', Refusals: 1,
    _aws: { Timestamp: 0, CloudWatchMetrics: [{ Namespace: 'ApiSecurity', Dimensions: [['Environment', 'SecurityDomain', 'Reason']], Metrics: [{ Name: 'Refusals', Unit: 'Count' }] }] },
  });
});

test('counts a failed dependency by its name', () => {
  expect(logged((log) => log.failure('IssuerKeys', new DependencyFailure('idp.example', 'down\n')))).toMatchObject({
    type: 'dependency', detail: 'idp.example: down?', Dependency: 'IssuerKeys', DependencyFailures: 1,
  });
});

test('makes texts of callers printable', () => {
  expect(logged((log) => log.record(log.facts({ txn: 't', resource: '/a\r\n{"b":1}\u0007' }), { outcome: 'requested' })).resource).toBe('/a??{"b":1}?');
});
