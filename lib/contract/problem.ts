/** Media type of every refusal (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** A refusal as callers see it: a status, a title, and nothing of the inside. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/** Every refusal that gateway, web ACL and service library answer with. */
export const PROBLEMS = {
  badRequest: { status: 400, title: 'Bad Request', detail: 'The request does not satisfy the API description.' },
  unauthorized: { status: 401, title: 'Unauthorized', detail: 'A valid access token is required.' },
  forbidden: { status: 403, title: 'Forbidden', detail: 'The caller may not perform this operation.' },
  notFound: { status: 404, title: 'Not Found', detail: 'There is no such resource.' },
  methodNotAllowed: { status: 405, title: 'Method Not Allowed', detail: 'The resource does not support this method.' },
  contentTooLarge: { status: 413, title: 'Content Too Large', detail: 'The request body exceeds the limit.' },
  unsupportedMediaType: { status: 415, title: 'Unsupported Media Type', detail: 'The content type is missing or not accepted.' },
  tooManyRequests: { status: 429, title: 'Too Many Requests', detail: 'The rate limit is exceeded.' },
  internalError: { status: 500, title: 'Internal Server Error', detail: 'The request could not be completed.' },
  badGateway: { status: 502, title: 'Bad Gateway', detail: 'The service gave no usable answer.' },
  serviceUnavailable: { status: 503, title: 'Service Unavailable', detail: 'The service cannot answer at the moment.' },
  gatewayTimeout: { status: 504, title: 'Gateway Timeout', detail: 'The service did not answer in time.' },
} as const satisfies Record<string, Problem>;
