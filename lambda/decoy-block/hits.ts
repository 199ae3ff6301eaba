import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import { DECOY_LABELS } from '../../lib/contract/honeypot';
import { isJsonObject, type JsonObject } from '../../runtime/json';

/** A decoy that was taken. */
export interface Hit {
  /** `honeypot` or `canary`. */
  readonly decoy: string;
  /** Other end of the TCP connection, as the web ACL saw it. */
  readonly sourceIp: string;
}

/** A subscription delivers 1 MB at most, compressed. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Of rules of a web ACL's own; a managed rule group cannot give such a label, and a caller none at all. */
const OWN_LABEL = /^awswaf:\d{12}:webacl:[^:]+:(.+)$/;

/** Hits in records of a web ACL's log. `X-Forwarded-For` and all else that a caller wrote is not looked at. */
export function hitsOf({ awslogs }: Partial<CloudWatchLogsEvent>): Hit[] {
  if (awslogs === undefined) {
    return [];
  }
  const { logEvents } = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64'), { maxOutputLength: MAX_BYTES }).toString('utf8')) as { logEvents: { message: string }[] };
  return logEvents.flatMap(({ message }) => hitOf(parsed(message)));
}

function hitOf({ labels, httpRequest }: JsonObject): Hit[] {
  const given = (Array.isArray(labels) ? labels as unknown[] : []).map((label) => OWN_LABEL.exec(isJsonObject(label) ? String(label.name) : '')?.[1]);
  const decoy = Object.entries(DECOY_LABELS).find(([, label]) => given.includes(label))?.[0];
  const sourceIp = isJsonObject(httpRequest) ? httpRequest.clientIp : undefined;
  return decoy === undefined || typeof sourceIp !== 'string' ? [] : [{ decoy, sourceIp }];
}

function parsed(message: string): JsonObject {
  try {
    const value: unknown = JSON.parse(message);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
