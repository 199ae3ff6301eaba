import { createHash } from 'node:crypto';
import { signatureCredential, textSignature } from './request-signature';
import { StorageError } from './storage-error';

/** The fields of a form, by lower-case name, and the file behind them. */
export interface PostForm {
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
}

type Condition = { readonly [field: string]: string } | readonly [string, string | number, string | number];

/** Fields that no condition has to name. */
const FREE = new Set(['policy', 'x-amz-signature']);

/** Reads a `multipart/form-data` body (RFC 7578); fields behind the file are ignored, as S3 does. */
export function readForm(contentType: string, body: Buffer): PostForm {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) throw new StorageError(412, 'PreconditionFailed', 'the form is multipart/form-data');
  const fields = new Map<string, string>();
  const text = body.toString('latin1');
  let at = text.indexOf(`--${boundary}`);
  while (at !== -1) {
    const start = at + boundary.length + 4;
    const data = text.indexOf('\r\n\r\n', start) + 4;
    const end = text.indexOf(`\r\n--${boundary}`, data);
    if (data === 3 || end === -1) break;
    const name = /name="([^"]*)"/.exec(text.slice(start, data))?.[1]?.toLowerCase() ?? '';
    if (name === 'file') return { fields, file: body.subarray(data, end) };
    fields.set(name, body.toString('utf8', data, end));
    at = end + 2;
  }
  throw new StorageError(400, 'InvalidArgument', 'POST requires exactly one file upload per request.');
}

/** Checks signature and policy of a form. @returns the access key that signed it */
export function checkForm({ fields, file }: PostForm, bucket: string, secret: string, now: number): string {
  const policy = fields.get('policy') ?? '';
  const credential = signatureCredential(fields.get('x-amz-credential') ?? '');
  if (credential === undefined || textSignature(secret, credential, policy) !== fields.get('x-amz-signature')) throw new StorageError(403, 'SignatureDoesNotMatch', '');
  const { expiration, conditions } = JSON.parse(Buffer.from(policy, 'base64').toString()) as { readonly expiration: string; readonly conditions: readonly Condition[] };
  if (!(Date.parse(expiration) > now)) throw new StorageError(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
  const values = new Map([...fields, ['bucket', bucket]]);
  const named = new Set(conditions.flatMap((condition) => checkedFields(condition, values, file.length)));
  const extra = [...fields.keys()].find((name) => !named.has(name) && !FREE.has(name) && !name.startsWith('x-ignore-'));
  if (extra !== undefined) throw new StorageError(403, 'AccessDenied', `Invalid according to Policy: Extra input fields: ${extra}`);
  const checksum = fields.get('x-amz-checksum-sha256');
  if (checksum !== undefined && checksum !== createHash('sha256').update(file).digest('base64')) throw new StorageError(400, 'BadDigest', '');
  return credential.accessKey;
}

/** Checks one condition. @returns the fields that it names */
function checkedFields(condition: Condition, values: ReadonlyMap<string, string>, length: number): string[] {
  const failed = (): StorageError => new StorageError(403, 'AccessDenied', `Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`);
  const [operator, field, value] = Array.isArray(condition) ? condition as readonly [string, string | number, string | number] : ['eq', `$${Object.keys(condition)[0] ?? ''}`, String(Object.values(condition)[0])];
  if (operator === 'content-length-range') {
    if (length > Number(value)) throw new StorageError(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
    if (length < Number(field)) throw new StorageError(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    return [];
  }
  const name = String(field).slice(1).toLowerCase();
  const given = values.get(name);
  const holds = given !== undefined && (operator === 'eq' ? given === value : operator === 'starts-with' && given.startsWith(String(value)));
  if (!holds) throw failed();
  return [name];
}
