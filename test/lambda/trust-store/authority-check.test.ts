import { checkAuthorities } from '../../../lambda/trust-store/authority-check';
import { AuthorityMetrics } from '../../../lambda/trust-store/authority-metrics';
import type { StoredAuthority } from '../../../lib/contract/stored-trust-store';
import { authority, type Authority } from '../fixtures/certificates';
import { TrustStoreDeployment } from '../fixtures/trust-store-deployment';

const ARN = 'arn:aws:acm-pca:ap-southeast-2:444444444444:certificate-authority/12345678-1234-1234-1234-123456789012';
const OTHER = ARN.replace('/1', '/2');
let root: Authority;
let run: TrustStoreDeployment;
beforeAll(async () => { root = await authority('CN=Root'); });
beforeEach(async () => {
  run = await TrustStoreDeployment.start();
  run.certify(ARN, root.pem);
  run.certify(OTHER, root.pem);
  await run.deploy({ acme: { PrivateAuthorities: [ARN] }, globex: { PrivateAuthorities: [OTHER] } });
  run.metrics.length = 0;
});
afterEach(() => run.stop());

const told = (): unknown[] => run.metrics.map(({ Partner, AuthorityDaysLeft, AuthoritiesChanged }) => [Partner, Math.floor(Number(AuthorityDaysLeft)), AuthoritiesChanged]);
const DAYS = Math.floor((Date.UTC(2099, 0, 1) - 1_800_000_000_000) / 86_400_000);

test('tells of each partner when the first stored certificate ends, and that nothing has changed', async () => {
  await run.check();
  expect(told()).toEqual([['acme', DAYS, 0], ['globex', DAYS, 0]]);
  expect(run.metrics[0]).toMatchObject({ Environment: 'Test', _aws: { CloudWatchMetrics: [{ Namespace: 'ApiSecurity', Dimensions: [['Environment', 'Partner']], Metrics: [{ Name: 'AuthorityDaysLeft' }, { Name: 'AuthoritiesChanged', Unit: 'Count' }] }] } });
});

test('tells of a CA with another certificate, and replaces nothing', async () => {
  run.certify(ARN, (await authority('CN=Root')).pem);
  await run.check();
  expect(told()).toEqual([['acme', DAYS, 1], ['globex', DAYS, 0]]);
  expect(run.versions('trust-store.pem')).toHaveLength(1);
});

test('tells nothing of a partner whose CA cannot be read, and fails', async () => {
  run.answers.delete(ARN);
  await expect(run.check()).rejects.toThrow('ResourceNotFoundException');
  expect(told()).toEqual([['globex', DAYS, 0]]);
});

// One after the other, a few that do not answer would outlast the function.
test('asks the CAs of all partners at the same time', async () => {
  const stored = (arn: string): StoredAuthority[] => [{ arn, revision: '', certificate: root.pem, chain: [] }];
  const waiting: (() => void)[] = [];
  const read = (arn: string): Promise<StoredAuthority> => new Promise((resolve) => {
    waiting.push(() => { resolve(stored(arn)[0]!); });
    if (waiting.length === 2) waiting.forEach((answer) => { answer(); });
  });
  const lines: string[] = [];
  await checkAuthorities({
    privateAuthorities: { read },
    bucket: { authorities: () => Promise.resolve({ acme: stored(ARN), globex: stored(OTHER) }) },
    metrics: new AuthorityMetrics('Test', (line) => lines.push(line), Date.now),
  });
  expect(lines).toHaveLength(2);
});

test('fails where nothing was ever stored', async () => {
  run.storage.add('trust-store', { statements: [] });
  await expect(run.check()).rejects.toThrow('bucket trust-store: status 404 for authorities.json');
});
