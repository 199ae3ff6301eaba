import { readFileSync } from 'node:fs';
import type { DeploymentAnswer } from '../../../lambda/trust-store/deployment';
import { certificateFile } from '../../fixtures/declaration';
import { authority, type Authority } from '../fixtures/certificates';
import { TrustStoreDeployment } from '../fixtures/trust-store-deployment';

const ARN = 'arn:aws:acm-pca:ap-southeast-2:444444444444:certificate-authority/12345678-1234-1234-1234-123456789012';
const OTHER = ARN.replace('/1', '/2');
const FILE = readFileSync(certificateFile('ec-256'), 'utf8').trim();
const BUNDLE = 'trust-store.pem';
const AUTHORITIES = 'authorities.json';
let root: Authority;
let issuing: Authority;
let run: TrustStoreDeployment;
beforeAll(async () => {
  root = await authority('CN=Root');
  issuing = await root.subordinate('CN=Issuing');
});
beforeEach(async () => { run = await TrustStoreDeployment.start(); });
afterEach(() => run.stop());

const members = (text: string | undefined): string[] => (text ?? '').match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g) ?? [];
const versionsOf = ({ Data = {} }: DeploymentAnswer, key: string): string | undefined => run.storage.content('trust-store', key, Data[key === BUNDLE ? 'BundleVersion' : 'AuthoritiesVersion'] ?? '')?.toString();

test('stores files and private CAs with their chains, and tells which versions it wrote', async () => {
  run.certify(ARN, issuing.pem, root.pem);
  const answer = await run.deploy({ acme: { PrivateAuthorities: [ARN] }, globex: { Files: [FILE], PrivateAuthorities: [] } }, 'Create');
  expect(answer).toMatchObject({ Status: 'SUCCESS', StackId: 'stack', LogicalResourceId: 'Stored' });
  expect(members(versionsOf(answer, BUNDLE))).toEqual([issuing.pem, root.pem, FILE]);
  expect(JSON.parse(versionsOf(answer, AUTHORITIES) ?? '')).toEqual({ acme: [{ arn: ARN, revision: '', certificate: issuing.pem, chain: [root.pem] }], globex: [] });
});

test('writes a new version where a CA was replaced, and leaves the one before for whoever refers to it', async () => {
  run.certify(ARN, issuing.pem, root.pem);
  const first = await run.deploy({ acme: { PrivateAuthorities: [ARN] } }, 'Create');
  const next = await root.subordinate('CN=Next');
  run.certify(OTHER, next.pem, root.pem);
  const second = await run.deploy({ acme: { PrivateAuthorities: [ARN, OTHER] } });
  expect(second.PhysicalResourceId).toBe(first.PhysicalResourceId);
  expect(members(versionsOf(first, BUNDLE))).toEqual([issuing.pem, root.pem]);
  expect(members(versionsOf(second, BUNDLE))).toEqual([issuing.pem, root.pem, next.pem]);
});

const membersByPartner = (answer: DeploymentAnswer): unknown => JSON.parse(versionsOf(answer, AUTHORITIES) ?? '');
const entry = (certificate: string, revision = '', arn = ARN): object => ({ arn, revision, certificate, chain: [root.pem] });
const acme = (...Revisions: string[]): Parameters<TrustStoreDeployment['deploy']>[0] => ({ acme: { PrivateAuthorities: [ARN], Revisions } });

describe('a CA that was stored before', () => {
  let renewed: Authority;
  beforeAll(async () => { renewed = await root.subordinate('CN=Renewed'); });
  beforeEach(async () => {
    run.certify(ARN, issuing.pem, root.pem);
    run.certify(OTHER, issuing.pem, root.pem);
    await run.deploy({ acme: { PrivateAuthorities: [ARN], Revisions: [''] }, globex: { PrivateAuthorities: [OTHER], Revisions: [''] } });
    run.certify(ARN, renewed.pem, root.pem);
    run.asked.length = 0;
  });

  test('is not taken over by a deployment that changes somebody else', async () => {
    const answer = await run.deploy({ ...acme(''), initech: { Files: [FILE] } });
    expect(membersByPartner(answer)).toEqual({ acme: [entry(issuing.pem)], initech: [] });
    expect(members(versionsOf(answer, BUNDLE))).toEqual([issuing.pem, root.pem, FILE]);
    expect(run.asked).toEqual([]);
  });

  test('is read again with a new revision, and goes back to what it was in a rollback', async () => {
    expect(membersByPartner(await run.deploy(acme('2')))).toEqual({ acme: [entry(renewed.pem, '2')] });
    run.answers.delete(ARN);
    expect(membersByPartner(await run.deploy(acme('')))).toEqual({ acme: [entry(issuing.pem)] });
    expect(membersByPartner(await run.deploy(acme('2')))).toEqual({ acme: [entry(renewed.pem, '2')] });
    expect(run.asked).toEqual([ARN]);
  });

  test('is looked for in ten versions', async () => {
    for (let count = 0; count < 9; count += 1) await run.deploy({ globex: { PrivateAuthorities: [OTHER], Revisions: [''] } });
    expect(membersByPartner(await run.deploy(acme('')))).toEqual({ acme: [entry(issuing.pem)] });
    for (let count = 0; count < 10; count += 1) await run.deploy({ globex: { PrivateAuthorities: [OTHER], Revisions: [''] } });
    expect(membersByPartner(await run.deploy(acme('')))).toEqual({ acme: [entry(renewed.pem)] });
  });

  test('is not in the way of others where it cannot be read, nor where it has ended', async () => {
    run.answers.clear();
    expect(membersByPartner(await run.deploy(acme('')))).toEqual({ acme: [entry(issuing.pem)] });
    run.now = Date.UTC(2100, 0, 1);
    expect(membersByPartner(await run.deploy({ ...acme(''), initech: { Files: [FILE] } }))).toEqual({ acme: [entry(issuing.pem)], initech: [] });
    expect(run.metrics.at(-1)).toMatchObject({ Partner: 'acme', AuthorityDaysLeft: expect.any(Number) as number });
    expect(Number(run.metrics.at(-1)?.AuthorityDaysLeft)).toBeLessThan(0);
  });

  test('is read for another partner, to whom it is new', async () => {
    expect(membersByPartner(await run.deploy({ initech: { PrivateAuthorities: [ARN] } }))).toEqual({ initech: [entry(renewed.pem)] });
  });

  test('replaces nothing where what is stored cannot be read', async () => {
    run.statements.push({ Effect: 'Deny', Action: 's3:GetObject' });
    expect(await run.deploy(acme(''))).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('status 403 for authorities.json') as string });
    expect([run.asked, run.versions(BUNDLE).length]).toEqual([[], 1]);
  });
});

describe('a permission that takes effect late', () => {
  const DENIED = { status: 400, body: { __type: 'AccessDeniedException' } };

  test('is waited for where a CA is read and where the bucket is written', async () => {
    run.answers.set(ARN, Array<typeof DENIED>(9).fill(DENIED).concat({ status: 200, body: { Certificate: root.pem } as never }));
    run.storage.add('trust-store', { statements: [{ Effect: 'Deny', Action: 's3:PutObject' }] });
    run.onWait = (waited) => { if (waited === 30_000) run.storage.add('trust-store', { statements: [] }); };
    expect((await run.deploy(acme(''))).Status).toBe('SUCCESS');
    expect(run.waited).toBe(30_000);
  });

  test('is waited for no longer than the function has time', async () => {
    run.answers.set(ARN, [DENIED]);
    expect(await run.deploy(acme(''))).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('AccessDeniedException') as string });
    expect(run.waited).toBe(40_000);
  });

  test('is not waited for by a comparison, which comes again', async () => {
    run.certify(ARN, root.pem);
    await run.deploy(acme(''));
    run.answers.set(ARN, [DENIED]);
    await expect(run.check()).rejects.toThrow('AccessDeniedException');
    expect(run.waited).toBe(0);
  });
});

test('asks again where a CA is busy', async () => {
  run.certify(ARN, root.pem);
  run.answers.get(ARN)!.unshift({ status: 400, body: { __type: 'ThrottlingException' } });
  expect((await run.deploy({ acme: { PrivateAuthorities: [ARN] } })).Status).toBe('SUCCESS');
});

test.each<[string, string, () => Promise<unknown> | unknown]>([
  ['does not exist', 'ResourceNotFoundException', () => run.answers.delete(OTHER)],
  ['may not be read', 'AccessDeniedException', () => run.answers.set(OTHER, [{ status: 400, body: { __type: 'com.amazonaws.acmpca#AccessDeniedException' } }])],
  ['has no certificate yet', 'not one certificate', () => run.answers.set(OTHER, [{ status: 200, body: {} }])],
  ['answers with a bundle', 'not one certificate', () => run.certify(OTHER, `${issuing.pem}\n${root.pem}`)],
  ['has a certificate of a client', 'not a certificate authority', async () => run.certify(OTHER, (await root.issue()).pem, root.pem)],
  ['has no chain up to a root', 'no certificate of its issuer CN=Root', () => run.certify(OTHER, issuing.pem)],
  ['has the chain of another root of the same name', 'no certificate of its issuer CN=Root', async () => run.certify(OTHER, issuing.pem, (await authority('CN=Root')).pem)],
  ['has ended', 'in force from', () => { run.certify(OTHER, root.pem); run.now = Date.UTC(2100, 0, 1); }],
  ['is not in force yet', 'in force from', () => { run.certify(OTHER, root.pem); run.now = Date.UTC(2019, 0, 1); }],
  ['has a weak key', 'neither RSA-2048 nor EC-256', () => run.certify(OTHER, readFileSync(certificateFile('rsa-1024'), 'utf8'))],
  ['has a key that the gateway does not take', 'neither RSA-2048 nor EC-256', () => run.certify(OTHER, readFileSync(certificateFile('ed25519'), 'utf8'))],
  ['is signed with SHA-1', 'without SHA-2', () => run.certify(OTHER, readFileSync(certificateFile('sha-1'), 'utf8'))],
])('writes nothing and fails the deployment where a CA %s', async (_, fault, spoil) => {
  run.certify(ARN, root.pem);
  await spoil();
  const answer = await run.deploy({ acme: { PrivateAuthorities: [ARN] }, globex: { Files: [FILE], PrivateAuthorities: [OTHER] } });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(fault) as string });
  expect(answer.Data).toBeUndefined();
  expect([run.versions(BUNDLE), run.versions(AUTHORITIES)]).toEqual([[], []]);
});

test.each<[string, Parameters<TrustStoreDeployment['deploy']>[0]]>([['no partner', {}], ['a partner without an authority', { acme: { Files: [], PrivateAuthorities: [] } }]])('never stores %s', async (_, partners) => {
  expect((await run.deploy(partners)).Status).toBe('FAILED');
  expect(run.versions(BUNDLE)).toEqual([]);
});

test('keeps every version when the resource goes', async () => {
  run.certify(ARN, root.pem);
  await run.deploy({ acme: { PrivateAuthorities: [ARN] } }, 'Create');
  expect((await run.deploy({}, 'Delete')).Status).toBe('SUCCESS');
  expect(run.versions(BUNDLE)).toHaveLength(1);
});

test('fails the deployment where the bucket cannot be written', async () => {
  run.certify(ARN, root.pem);
  run.storage.add('trust-store', { statements: [{ Effect: 'Deny', Action: 's3:PutObject' }] });
  expect(await run.deploy({ acme: { PrivateAuthorities: [ARN] } })).toMatchObject({ Status: 'FAILED', Reason: 'The trust store was not replaced: bucket trust-store: status 403 for trust-store.pem' });
});
