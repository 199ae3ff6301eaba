import { Duration } from 'aws-cdk-lib';
import { CertificateRevocation, RevocationListProps } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const message = (got: string): string => `REVOCATION_AGE: a revocation list is read again every 1 to 60 minutes, used for 5 minutes to 24 hours while it cannot be, and made at most 1 hour to 400 days ago, in whole seconds, got ${got}; write refreshEvery: Duration.minutes(5), usableThroughOutage: Duration.hours(1)`;
const declared = (props: RevocationListProps): (() => unknown) => () => CertificateRevocation.crl(['https://pki.acme.example/root.crl'], props);

test.each<[RevocationListProps, string]>([
  [{ refreshEvery: Duration.seconds(59) }, 'refreshEvery 59 seconds'],
  [{ refreshEvery: Duration.minutes(61) }, 'refreshEvery 1 hour 1 minute'],
  [{ refreshEvery: Duration.millis(60_500) }, 'refreshEvery 1 minute 500 millis'],
  [{ usableThroughOutage: Duration.minutes(4) }, 'usableThroughOutage 4 minutes'],
  [{ usableThroughOutage: Duration.hours(25) }, 'usableThroughOutage 1 day 1 hour'],
  [{ maxAge: Duration.minutes(59) }, 'maxAge 59 minutes'],
  [{ maxAge: Duration.days(401) }, 'maxAge 401 days'],
])('refuses %j', (props, got) => {
  expect(refusalOf(declared(props))).toBe(message(got));
});

test('accepts both bounds', () => {
  expect(declared({ refreshEvery: Duration.minutes(1), usableThroughOutage: Duration.hours(24) })).not.toThrow();
  expect(declared({ refreshEvery: Duration.hours(1), usableThroughOutage: Duration.minutes(5) })).not.toThrow();
});
