/** A message or connection that was refused before any stage saw it, as the log has it: nothing that the caller wrote is in it. */
export interface RefusedMessage {
  readonly domain: string;
  readonly sourceIp: string;
  /** Absent where the connection ended without an answer. */
  readonly status?: number;
  /** A word of the local gateway, or the code of the HTTP parser or of OpenSSL. */
  readonly reason: string;
}

interface Refusal { readonly status: number; readonly errorType: string; readonly message: string }

const REFUSALS: { readonly [status: number]: Refusal } = Object.fromEntries([
  { status: 400, errorType: 'BadRequestException', message: 'Bad Request' },
  { status: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
  { status: 408, errorType: 'RequestTimeoutException', message: 'Request Timeout' },
  { status: 413, errorType: 'RequestTooLargeException', message: 'Request Too Long' },
  { status: 414, errorType: 'RequestTooLongException', message: 'Request URI too long' },
  { status: 431, errorType: 'RequestHeaderFieldsTooLargeException', message: 'Request Header Fields Too Large' },
  { status: 500, errorType: 'InternalServerErrorException', message: 'Internal server error' },
].map((refusal) => [refusal.status, refusal]));

/** Error type and message of a refusal by status. */
export function refusalOf(status: number): Refusal {
  return REFUSALS[status] ?? REFUSALS[500]!;
}
