import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileType } from '../../../lib';
import { loopbackServer } from '../../../local/loopback-server';
import { ObjectStorage } from '../../../local/peer/object-storage';
import { FileUploads, type FileUploadForm } from '../../../service';
import { claimsOf } from '../../fixtures/file-caller';

const GUIDE = readFileSync(join(__dirname, '../../../docs/guides/file-uploads.md'), 'utf8');
const RUNBOOK = readFileSync(join(__dirname, '../../../docs/runbook.md'), 'utf8');
const REFERENCE = ['bin/reference/documents-backend.ts', 'bin/reference/backends/bank-documents/index.ts'].map((file) => readFileSync(join(__dirname, '../../..', file), 'utf8')).join('\n');

test('uploads with the script that it shows, and is answered as it says', async () => {
  const [, script = ''] = /```js\n([\s\S]*?)```/.exec(GUIDE) ?? [];
  const uploadFile = new Function(`${script}; return uploadFile;`)() as (form: FileUploadForm, file: Blob) => Promise<number>;
  const storage = new ObjectStorage('local', () => 'role');
  storage.add('quarantine', { statements: [] });
  const server = await loopbackServer(storage.handle.bind(storage));
  process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${server.port}`;
  try {
    const uploads = new FileUploads({ quarantineBucket: 'quarantine', releasedBucket: 'released', types: { 'application/pdf': 100 }, service: 'documents', region: 'ap-southeast-2', credentials: () => Promise.resolve({ accessKeyId: 'service', secretAccessKey: 'local' }) });
    const form = await uploads.upload(claimsOf('jo'), { type: 'application/pdf', size: 4 });
    expect([await uploadFile(form, new Blob(['%PDF'])), await uploadFile(form, new Blob(['%PDF-'])), await uploadFile(form, new Blob(['%PD']))]).toEqual([204, 400, 400]);
    expect(storage.versions('quarantine').map(({ content }) => content.toString())).toEqual(['%PDF']);
  } finally {
    delete process.env.AWS_ENDPOINT_URL_S3;
    await server.close();
  }
});

test('shows what the reference deployment runs', () => {
  for (const line of ["lambdaTrustToken<APIGatewayProxyEvent, unknown, APIGatewayProxyResult>(verifier, async (event, claims, _context, body) => {", 'alarmTopic: stage.alarmTopic,', '}).grantUse(backend.function);', 'FileUploads.fromEnvironment();', 'const form = await uploads.upload(claims, body as FileUploadRequest);']) {
    expect(GUIDE).toContain(line);
    expect(REFERENCE).toContain(line);
  }
});

test('names every type, and every alarm with a heading of the runbook', () => {
  for (const name of Object.keys(FileType)) expect(GUIDE).toContain(`\`FileType.${name}\``);
  for (const alarm of ['MalwareFound', 'FileScanFailed', 'FileRefusedSurge', 'FileReleaseFailed']) {
    expect(GUIDE).toContain(`\`${alarm}\``);
    expect(RUNBOOK).toContain(`\n## ${alarm}\n`);
  }
});
