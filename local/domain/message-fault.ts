import type { IncomingMessage } from 'node:http';

/** What is wrong with a message before any stage has seen it; `reason` is one of a few words and quotes nothing of the message. */
export interface MessageFault {
  readonly status: 400 | 414 | 431;
  readonly reason: string;
}

const [TARGET_LIMIT, HEADER_LIMIT] = [10_240, 10_240];

/**
 * Faults that every front end refuses (RFC 9112) or the platform documents a quota for, in the order in which they are looked for.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const FAULTS: readonly (MessageFault & { readonly found: (incoming: IncomingMessage) => boolean })[] = [
  { status: 400, reason: 'version', found: ({ httpVersionMajor }) => httpVersionMajor !== 1 },
  // Two readers that choose different ones of two hosts serve two APIs (RFC 9112 section 3.2).
  { status: 400, reason: 'host_repeated', found: hostRepeated },
  // An absolute target names a host of its own, beside the header that was checked (RFC 9112 section 3.2.2).
  { status: 400, reason: 'target_form', found: ({ url = '' }) => !url.startsWith('/') },
  // RFC 3986 section 2: a target is visible ASCII, and a fragment is never sent.
  { status: 400, reason: 'target_characters', found: ({ url = '' }) => /[^\x21-\x7e]|#/.test(url) },
  { status: 414, reason: 'target_too_long', found: ({ url = '' }) => url.length > TARGET_LIMIT },
  { status: 431, reason: 'headers_too_large', found: headersTooLarge },
];

/** The first fault of a message; nothing where it is sound. */
export function messageFault(incoming: IncomingMessage): MessageFault | undefined {
  return FAULTS.find(({ found }) => found(incoming));
}

function hostRepeated({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

/** "Total combined size of request line and header values: 10240 bytes." */
function headersTooLarge({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): boolean {
  let size = method.length + url.length + httpVersion.length + '  HTTP/'.length;
  for (let index = 1; index < rawHeaders.length; index += 2) size += rawHeaders[index]!.length;
  return size > HEADER_LIMIT;
}
