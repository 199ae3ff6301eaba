/** Nothing was reached, so nothing was refused. */
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Whether an error says that nobody was there. */
export function isUnreachable(error: unknown): boolean {
  return UNREACHABLE.includes((error as NodeJS.ErrnoException).code ?? '');
}

/** What a failed connection is called in reports. */
export function failureName(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
