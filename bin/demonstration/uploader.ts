import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { LocalClient } from '../../local/client';
import type { Reply } from '../../local/exchange';
import type { FileDownload, FileUploadForm } from '../../service';
import type { Observation } from './outcome-table';
import type { UploadCase, UploadOutcome } from './upload-case';

const DOMAIN = 'public';
const CLIENT = 'web-bank';
const PATH = '/documents/files';
/** A file is released well within this, or stays in quarantine; all cases wait at once, and longer where the machine may be slow. */
const PATIENCE_MILLISECONDS = { quarantined: 5000, released: 20_000 } as const;
const PAUSE_MILLISECONDS = 250;

/** Uploads the files of the demonstration as a customer's browser would: a form from the service, its post to the bucket, and a link. */
export class Uploader {
  private token = '';

  public constructor(private readonly client: LocalClient) {}

  /** What came of each case, with the row that shows it. */
  public async observations(cases: readonly UploadCase[]): Promise<Observation[]> {
    this.token = await this.client.token({ domain: DOMAIN, client: CLIENT, scopes: ['documents:read', 'documents:write'] });
    const outcomes = await Promise.all(cases.map((one) => this.outcome(one)));
    return cases.map(({ title, expected }, index) => ({ request: { domain: DOMAIN, method: 'POST', title: `upload: ${title}`, expected, token: 'valid', certificate: 'own', path: PATH, headers: {} }, outcome: outcomes[index]! }));
  }

  private async outcome({ type, content, size = content.length, fields = {}, expected }: UploadCase): Promise<UploadOutcome> {
    const reply = await this.send('POST', PATH, JSON.stringify({ type, size }));
    if (reply.status !== 201) return `form ${reply.status}`;
    const form = JSON.parse(reply.body) as FileUploadForm;
    const status = await post(form.url, { ...form.fields, ...fields }, content);
    if (status !== 204) return `bucket ${status}`;
    return await this.isReadable(form.id, content, PATIENCE_MILLISECONDS[expected === 'released' ? expected : 'quarantined']) ? 'released' : 'quarantined';
  }

  /** Asks until the file can be read, or no release can be under way any more. */
  private async isReadable(id: string, content: Buffer, patience: number): Promise<boolean> {
    for (const end = Date.now() + patience; Date.now() < end; await setTimeout(PAUSE_MILLISECONDS)) {
      const { url } = JSON.parse((await this.send('GET', `${PATH}/${id}`)).body) as FileDownload;
      const file = await exchange('GET', url);
      if (file.status === 200) return file.body.equals(content);
    }
    return false;
  }

  private send(method: string, path: string, body?: string): Promise<Reply> {
    return this.client.send(DOMAIN, { method, path, token: this.token, body, headers: body === undefined ? {} : { 'content-type': 'application/json' } });
  }
}

async function post(url: string, fields: { readonly [name: string]: string }, content: Buffer): Promise<number> {
  const boundary = '----upload';
  const parts = Object.entries(fields).map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const head = `${parts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="upload"\r\n\r\n`;
  const { status } = await exchange('POST', url, `multipart/form-data; boundary=${boundary}`, Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]));
  return status;
}

/** One request to the bucket of this machine. */
function exchange(method: string, url: string, type?: string, body?: Buffer): Promise<{ readonly status: number; readonly body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(url, { method, agent: false, headers: type === undefined ? {} : { 'content-type': type } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => { resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }); });
    }).on('error', reject).end(body);
  });
}
