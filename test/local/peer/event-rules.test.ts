import { matches } from '../../../local/peer/event-rules';

const EVENT = { 'source': 'aws.guardduty', 'resources': ['plan'], 'detail': { bucket: 'quarantine', key: 'documents/a' } };

test.each([
  [{ source: ['aws.guardduty'] }, true],
  [{ source: ['aws.s3', 'aws.guardduty'], resources: ['plan', 'other'] }, true],
  [{ detail: { key: [{ prefix: 'documents/' }] } }, true],
  [{ detail: { key: [{ prefix: 'loans/' }] } }, false],
  [{ source: ['aws.guardduty'], resources: ['other'] }, false],
  [{ detail: { owner: ['x'] } }, false],
  [{ detail: { key: [{ suffix: 'a' }] } }, false],
])('matches %j: %s', (pattern, expected) => {
  expect(matches(pattern, EVENT)).toBe(expected);
});
