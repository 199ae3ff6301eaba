import { createHash } from 'node:crypto';
import { loopbackServer, type LoopbackServer } from '../../../local/loopback-server';
import { ObjectStorage } from '../../../local/peer/object-storage';
import { FileUploadRefused, FileUploads, lambdaTrustToken, fileOwner, TrustTokenVerifier, type FileUploadForm, type FileUploadsOptions } from '../../../service';
import { claimsOf, get, post } from '../../fixtures/file-caller';

const OPTIONS: FileUploadsOptions = {
  quarantineBucket: 'quarantine', releasedBucket: 'released', types: { 'application/pdf': 1000, 'image/png': 10 }, service: 'documents', region: 'ap-southeast-2',
  credentials: () => Promise.resolve({ accessKeyId: 'service', secretAccessKey: 'local', sessionToken: 'token' }),
};
const CONTENT = Buffer.from('%PDF-1.7 x');

let now = Date.now();
let [storage, server]: [ObjectStorage, LoopbackServer | undefined] = [new ObjectStorage('local', () => undefined), undefined];

beforeEach(async () => {
  now = Date.now();
  storage = new ObjectStorage('local', () => 'role', () => now);
  storage.add('quarantine', { statements: [] });
  storage.add('released', { statements: [{ Effect: 'Deny', Action: 's3:GetObject', Condition: { NumericGreaterThan: { 's3:signatureAge': '300000' } } }] });
  server = await loopbackServer(storage.handle.bind(storage));
  process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${server.port}`;
});
afterEach(() => server?.close());
afterAll(() => { delete process.env.AWS_ENDPOINT_URL_S3; });

function uploads(changes: Partial<FileUploadsOptions> = {}): FileUploads {
  return new FileUploads({ ...OPTIONS, clock: () => now, ...changes });
}

function form(changes: { readonly size?: number; readonly sha256?: string } = {}): Promise<FileUploadForm> {
  return uploads().upload(claimsOf('jo'), { type: 'application/pdf', size: CONTENT.length, ...changes });
}

const code = ({ status, headers }: { readonly status: number; readonly headers: { readonly [name: string]: unknown } }) => [status, headers['x-local-error']];

test('uploads what its form is for, bound to transaction, operation, consumer and owner', async () => {
  const { id, fields, ...signed } = await form();
  expect((await post({ fields, ...signed }, CONTENT)).status).toBe(204);
  const [version] = storage.versions('quarantine');
  expect(version).toMatchObject({ key: `documents/${fileOwner(claimsOf('jo'))}/${id}`, content: CONTENT, headers: { 'content-type': 'application/pdf', 'x-amz-meta-txn': 'txn-jo', 'x-amz-meta-operation': 'uploadDocument', 'x-amz-meta-consumer': 'web' } });
  expect(version?.key).not.toContain('jo/');
});

test.each([
  ['one byte more', Buffer.concat([CONTENT, Buffer.from('x')]), {}, 'EntityTooLarge'],
  ['one byte less', CONTENT.subarray(1), {}, 'EntityTooSmall'],
  ['another type', CONTENT, { 'content-type': 'text/html' }, 'AccessDenied'],
  ["another owner's key", CONTENT, { key: `documents/${fileOwner(claimsOf('lee'))}/11111111-1111-1111-1111-111111111111` }, 'AccessDenied'],
  ['another transaction', CONTENT, { 'x-amz-meta-txn': 'other' }, 'AccessDenied'],
  ['a tag that passes for the scanner\'s', CONTENT, { tagging: '<Tagging><TagSet><Tag><Key>GuardDutyMalwareScanStatus</Key><Value>NO_THREATS_FOUND</Value></Tag></TagSet></Tagging>' }, 'AccessDenied'],
  ['metadata of a released file', CONTENT, { 'x-amz-meta-scanned-version': 'x' }, 'AccessDenied'],
  ['an access list', CONTENT, { acl: 'public-read' }, 'AccessDenied'],
  ['another signature', CONTENT, { 'x-amz-signature': '0'.repeat(64) }, 'SignatureDoesNotMatch'],
])('refuses %s', async (_, content, change, error) => {
  expect(code(await post(await form(), content, change))[1]).toBe(error);
  expect(storage.versions('quarantine')).toEqual([]);
});

test('refuses a policy that was widened', async () => {
  const signed = await form();
  const policy = Buffer.from(Buffer.from(signed.fields.policy ?? '', 'base64').toString().replace(/"content-length-range",\d+,\d+/, '"content-length-range",0,9999999')).toString('base64');
  expect(policy).not.toBe(signed.fields.policy);
  expect(code(await post(signed, Buffer.alloc(5000), { policy }))).toEqual([403, 'SignatureDoesNotMatch']);
});

test('refuses a form after three minutes, and takes it until then', async () => {
  const signed = await form();
  now += 179_000;
  expect((await post(signed, CONTENT)).status).toBe(204);
  now += 2_000;
  expect(code(await post(signed, CONTENT))).toEqual([403, 'AccessDenied']);
});

test('demands the content whose checksum was announced', async () => {
  const signed = await form({ sha256: createHash('sha256').update(CONTENT).digest('base64') });
  expect(code(await post(signed, Buffer.from('%PDF-1.7 y')))).toEqual([400, 'BadDigest']);
  expect((await post(signed, CONTENT)).status).toBe(204);
});

test.each([
  [{ type: 'text/html', size: 1 }, 'type_not_allowed', 415],
  [{ type: 'text/csv', size: 1 }, 'type_not_allowed', 415],
  [{ type: 'toString', size: 1 }, 'type_not_allowed', 415],
  [{ type: 'image/png', size: 11 }, 'size_not_allowed', 413],
  [{ type: 'image/png', size: 0 }, 'size_not_allowed', 413],
  [{ type: 'image/png', size: 1.5 }, 'size_not_allowed', 413],
  [{ type: 'image/png', size: '5' as unknown as number }, 'size_not_allowed', 413],
  [{ type: 'image/png', size: 5, sha256: 'abc' }, 'checksum_malformed', 400],
])('signs no form for %j', async (request, reason, status) => {
  await expect(uploads().upload(claimsOf('jo'), request)).rejects.toMatchObject({ reason, problem: { status } });
});

test('answers a refusal as a problem from a Lambda handler', async () => {
  const verifier = { verify: () => Promise.resolve(claimsOf('jo')) } as unknown as TrustTokenVerifier;
  const handler = lambdaTrustToken(verifier, () => Promise.reject(new FileUploadRefused('type_not_allowed')));
  expect(await handler({ httpMethod: 'POST', resource: '/documents', requestContext: { authorizer: { trustToken: 'x' } } }, {})).toMatchObject({ statusCode: 415, headers: { 'Content-Type': 'application/problem+json' } });
});

describe('a download', () => {
  async function stored(): Promise<string> {
    const { id } = await form();
    const owner = uploads({ quarantineBucket: 'released' });
    const signed = await owner.upload(claimsOf('jo'), { type: 'application/pdf', size: CONTENT.length });
    await post(signed, CONTENT);
    expect(id).not.toBe(signed.id);
    return signed.id;
  }

  test('leads its owner to the file, and nobody else', async () => {
    const id = await stored();
    expect((await get((await uploads().download(claimsOf('jo'), id)).url)).body).toEqual(CONTENT);
    expect((await get((await uploads().download(claimsOf('lee'), id)).url)).status).toBe(404);
    expect((await get((await uploads().download(claimsOf('lee'), id, fileOwner(claimsOf('jo')))).url)).status).toBe(200);
  });

  test("does not take a client for a user of the same name", async () => {
    const id = await stored();
    const client = claimsOf('jo', { rctx: { ...claimsOf('jo').rctx, subject_type: 'client' } });
    expect((await get((await uploads().download(client, id)).url)).status).toBe(404);
  });

  test('ends after two minutes, and after five whatever it was signed for', async () => {
    const { url } = await uploads().download(claimsOf('jo'), await stored());
    now += 121_000;
    expect(code(await get(url))).toEqual([403, 'AccessDenied']);
    expect(code(await get(url.replace('X-Amz-Expires=120', 'X-Amz-Expires=86400')))).toEqual([403, 'SignatureDoesNotMatch']);
  });

  test.each(['../../other', '', 'a/b', 'toString'])('is not signed for %j', async (id) => {
    await expect(uploads().download(claimsOf('jo'), id)).rejects.toMatchObject({ reason: 'file_unknown', problem: { status: 404 } });
  });
});

describe('from the environment', () => {
  const before = process.env;
  beforeEach(() => { process.env = { ...process.env }; });
  afterEach(() => { process.env = before; });

  test('names what is missing', () => {
    process.env.FILE_SERVICE = 'documents';
    expect(() => FileUploads.fromEnvironment()).toThrow('file uploads need FILE_QUARANTINE_BUCKET, FILE_RELEASED_BUCKET, FILE_TYPES; write uploads.grantUse(backend.function)');
  });

  test('signs with what the construct sets', async () => {
    Object.assign(process.env, { FILE_QUARANTINE_BUCKET: 'quarantine', FILE_RELEASED_BUCKET: 'released', FILE_TYPES: 'application/pdf=1000', FILE_SERVICE: 'documents' });
    const made = FileUploads.fromEnvironment({ region: 'ap-southeast-2', credentials: OPTIONS.credentials });
    expect((await post(await made.upload(claimsOf('jo'), { type: 'application/pdf', size: CONTENT.length }), CONTENT)).status).toBe(204);
  });

  test('refuses types that nothing can check', () => {
    Object.assign(process.env, { FILE_QUARANTINE_BUCKET: 'quarantine', FILE_RELEASED_BUCKET: 'released', FILE_TYPES: 'application/zip=1000', FILE_SERVICE: 'documents' });
    expect(() => FileUploads.fromEnvironment({ region: 'ap-southeast-2' })).toThrow('FILE_TYPES lists media types and bytes');
  });
});

test('uses the virtual host of a bucket in AWS', async () => {
  delete process.env.AWS_ENDPOINT_URL_S3;
  expect((await form()).url).toBe('https://quarantine.s3.ap-southeast-2.amazonaws.com/');
});
