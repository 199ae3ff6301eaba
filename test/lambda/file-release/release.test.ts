import { recordLine } from '../../../lambda/file-release/file-record';
import { release, type Outcome } from '../../../lambda/file-release/release';
import type { BucketStatement } from '../../../local/peer/bucket-policy';
import { loopbackServer, type LoopbackServer } from '../../../local/loopback-server';
import { ObjectStorage, type ObjectVersion } from '../../../local/peer/object-storage';
import { ObjectStore } from '../../../runtime/object-store';
import { FileUploads, type FileUploadForm } from '../../../service';
import { pdf, png } from '../../fixtures/files';
import { claimsOf, post } from '../../fixtures/file-caller';

const SERVICE = 'documents';
const LIMITS = { 'application/pdf': 4096, 'image/png': 1024 };
const UNTAGGED: BucketStatement = { Effect: 'Deny', Action: ['s3:GetObject', 's3:GetObjectVersion'], Condition: { StringNotEquals: { 's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND' } } };
const environment: Record<string, string> = { AWS_ACCESS_KEY_ID: 'release', AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: 'local' };

let [storage, server]: [ObjectStorage, LoopbackServer | undefined] = [new ObjectStorage('local', () => 'role'), undefined];

beforeEach(async () => {
  storage = new ObjectStorage('local', () => 'role');
  storage.add('quarantine', { statements: [UNTAGGED] });
  storage.add('released', { statements: [] });
  server = await loopbackServer(storage.handle.bind(storage));
  environment.AWS_ENDPOINT_URL_S3 = process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${server.port}`;
});
afterEach(() => server?.close());

function store(bucket: string): ObjectStore {
  return new ObjectStore({ bucket, region: 'ap-southeast-2', environment, clock: Date.now, maxBytes: 4096 });
}

function released(event: unknown): Promise<Outcome | undefined> {
  return release(event, { service: SERVICE, quarantineName: 'quarantine', quarantine: store('quarantine'), released: store('released'), limits: LIMITS });
}

async function uploaded(content: Buffer, type = 'application/pdf'): Promise<FileUploadForm> {
  const uploads = new FileUploads({ quarantineBucket: 'quarantine', releasedBucket: 'released', types: { 'application/pdf': 1e6, 'image/png': 1e6, 'image/jpeg': 1e6 }, service: SERVICE, region: 'ap-southeast-2', credentials: () => Promise.resolve({ accessKeyId: 'service', secretAccessKey: 'local' }) });
  const form = await uploads.upload(claimsOf('jo'), { type, size: content.length });
  expect((await post(form, content)).status).toBe(204);
  return form;
}

interface Scan { readonly key?: string; readonly version?: ObjectVersion; readonly status?: string; readonly tag?: string; readonly scanStatus?: string; readonly detail?: object }

/** What the scanner tells of a version, once it has tagged it. */
function scanned({ key = '', version = storage.versions('quarantine').at(-1), status = 'NO_THREATS_FOUND', tag = status, scanStatus = 'COMPLETED', detail = {} }: Scan = {}) {
  if (version !== undefined && tag !== '') version.tags.set('GuardDutyMalwareScanStatus', tag);
  return {
    'source': 'aws.guardduty', 'detail-type': 'GuardDuty Malware Protection Object Scan Result',
    'detail': {
      scanStatus, scanResultDetails: { scanResultStatus: status, threats: status === 'THREATS_FOUND' ? [{ name: 'EICAR' }] : null },
      s3ObjectDetails: { bucketName: 'quarantine', objectKey: key || version?.key, versionId: version?.id, eTag: version?.etag.replaceAll('"', ''), ...detail },
    },
  };
}

const readable = (): readonly (readonly [string, string])[] => storage.versions('released').map(({ content, headers }) => [content.toString('latin1'), headers['content-type'] ?? '']);

test('releases the very bytes that were scanned and checked, and takes them out of quarantine', async () => {
  await uploaded(pdf());
  const [version] = storage.versions('quarantine');
  const outcome = await released(scanned());
  expect(outcome).toMatchObject({ outcome: 'released', key: version?.key, version: version?.id, mediaType: 'application/pdf', bytes: pdf().length, txn: 'txn-jo', consumer: 'web' });
  expect(readable()).toEqual([[pdf().toString('latin1'), 'application/pdf']]);
  expect(storage.versions('released')[0]?.headers).toMatchObject({ 'content-disposition': 'attachment', 'x-amz-meta-scanned-version': version?.id, 'x-amz-meta-txn': 'txn-jo' });
  expect(storage.versions('quarantine')).toEqual([]);
});

test.each([
  ['THREATS_FOUND', 'malware_found', 'THREATS_FOUND EICAR'],
  ['UNSUPPORTED', 'scan_unsupported', 'UNSUPPORTED'],
  ['ACCESS_DENIED', 'scan_access_denied', 'ACCESS_DENIED'],
  ['FAILED', 'scan_failed', 'FAILED'],
  ['SOMETHING_NEW', 'scan_failed', 'SOMETHING_NEW'],
])('keeps in quarantine what was scanned with %s', async (status, reason, detail) => {
  await uploaded(pdf());
  expect(await released(scanned({ status }))).toMatchObject({ outcome: 'quarantined', reason, detail });
  expect([readable(), storage.versions('quarantine').length]).toEqual([[], 1]);
});

test('keeps what a scan that was not completed found nothing in', async () => {
  await uploaded(pdf());
  expect(await released(scanned({ scanStatus: 'SKIPPED' }))).toMatchObject({ reason: 'scan_failed' });
});

test('keeps a file whose content is of another type, whatever it is called', async () => {
  await uploaded(png(), 'application/pdf');
  expect(await released(scanned())).toMatchObject({ outcome: 'quarantined', reason: 'content_mismatch', detail: 'no PDF header at the start', txn: 'txn-jo' });
  expect(readable()).toEqual([]);
});

test('keeps a file of a type that is not allowed, and one above the limit of its own type', async () => {
  await uploaded(Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg');
  expect(await released(scanned())).toMatchObject({ reason: 'type_not_allowed' });
  await uploaded(Buffer.alloc(2000), 'image/png');
  expect(await released(scanned())).toMatchObject({ reason: 'size_exceeded' });
  await uploaded(Buffer.alloc(9000), 'application/pdf');
  expect(await released(scanned())).toMatchObject({ reason: 'size_exceeded' });
});

describe('a file that is replaced', () => {
  test('after its scan: releases what was scanned, and the other one never', async () => {
    const form = await uploaded(pdf());
    const event = scanned();
    await post(form, Buffer.from(pdf().toString('latin1').replace('Catalog', 'CATALOG'), 'latin1'));
    expect(await released(event)).toMatchObject({ outcome: 'released' });
    expect(readable()).toEqual([[pdf().toString('latin1'), 'application/pdf']]);
    expect(storage.versions('quarantine').map(({ content }) => content.includes('CATALOG'))).toEqual([true]);
  });

  test('after its release: keeps the second, however clean', async () => {
    const form = await uploaded(pdf());
    await released(scanned());
    await post(form, Buffer.from(pdf().toString('latin1').replace('Catalog', 'CATALOG'), 'latin1'));
    expect(await released(scanned())).toMatchObject({ outcome: 'quarantined', reason: 'already_released' });
    expect(readable()).toHaveLength(1);
  });

  test('after its scan, and the event is made to name the other one: the bucket denies it', async () => {
    const form = await uploaded(pdf());
    scanned();
    await post(form, pdf());
    await expect(released(scanned({ tag: '' }))).rejects.toThrow('status 403');
    expect(readable()).toEqual([]);
  });

  test('keeps a version that is not the one that the scanner names', async () => {
    await uploaded(pdf());
    expect(await released(scanned({ detail: { eTag: 'other' } }))).toMatchObject({ reason: 'version_mismatch' });
    expect(await released(scanned({ detail: { versionId: undefined } }))).toMatchObject({ reason: 'version_mismatch' });
    expect(await released(scanned({ detail: { eTag: undefined } }))).toMatchObject({ reason: 'version_mismatch' });
  });
});

test('does nothing when an event comes twice', async () => {
  await uploaded(pdf());
  const event = scanned();
  await released(event);
  expect(await released(event)).toBeUndefined();
  expect(readable()).toHaveLength(1);
});

test('finishes a release that failed after the file was written', async () => {
  await uploaded(pdf());
  const event = scanned();
  const parts = { service: SERVICE, quarantineName: 'quarantine', released: store('released'), limits: LIMITS };
  const quarantine = store('quarantine');
  const failing = { send: (request: Parameters<ObjectStore['send']>[0]) => (request.method === 'DELETE' ? Promise.reject(new Error('no answer')) : quarantine.send(request)) };
  await expect(release(event, { ...parts, quarantine: failing })).rejects.toThrow('no answer');
  expect(await release(event, { ...parts, quarantine })).toMatchObject({ outcome: 'released' });
  expect([readable().length, storage.versions('quarantine').length]).toEqual([1, 0]);
});

test.each(['other/'.padEnd(49, 'a') + '/11111111-1111-1111-1111-111111111111', 'documents/short/11111111-1111-1111-1111-111111111111', 'documents/../x'])('keeps what has a key that no form has: %s', async (key) => {
  expect(await released(scanned({ key }))).toMatchObject({ reason: 'key_invalid' });
});

test('tries again where the scanner has not written its tag yet, and where a bucket does not answer', async () => {
  await uploaded(pdf());
  await expect(released(scanned({ tag: '' }))).rejects.toThrow('quarantine: status 403');
  await server?.close();
  await expect(released(scanned())).rejects.toThrow('ECONNREFUSED');
});

test.each([
  [{ source: 'own.application' }, 'not an event of the malware scanner'],
  [{ source: 'aws.guardduty', detail: { s3ObjectDetails: { bucketName: 'other' } } }, 'an event of another bucket'],
  ['text', 'not an event of the malware scanner'],
])('refuses %j', async (event, message) => {
  await expect(released(event)).rejects.toThrow(message);
});

test('records that the scanner itself fails', async () => {
  const event = { 'source': 'aws.guardduty', 'detail-type': 'GuardDuty Malware Protection Resource Status Error', 'detail': { s3BucketDetails: { bucketName: 'quarantine' } } };
  expect(await released(event)).toMatchObject({ outcome: 'quarantined', reason: 'scanner_failed', detail: 'GuardDuty Malware Protection Resource Status Error' });
});

test('counts what stays in quarantine by what an operator does about it', () => {
  const line = JSON.parse(recordLine({ outcome: 'quarantined', reason: 'malware_found', key: 'k' }, SERVICE, 0)) as object;
  expect(line).toMatchObject({ type: 'file-release', time: '1970-01-01T00:00:00.000Z', service: SERVICE, Service: SERVICE, MalwareFound: 1, _aws: { CloudWatchMetrics: [{ Namespace: 'ApiSecurity', Dimensions: [['Service']], Metrics: [{ Name: 'MalwareFound', Unit: 'Count' }] }] } });
  expect(JSON.parse(recordLine({ outcome: 'released', key: 'k' }, SERVICE, 0))).not.toHaveProperty('_aws');
});

test('would release what was never scanned, on a forged event, from a bucket that denies nothing', async () => {
  storage.add('quarantine', { statements: [] });
  await uploaded(pdf());
  expect(await released(scanned({ tag: '' }))).toMatchObject({ outcome: 'released' });
});
