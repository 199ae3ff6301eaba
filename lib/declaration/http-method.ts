/** HTTP method of an operation. */
export enum HttpMethod {
  /** Reads; has no body. */
  GET = 'GET',
  /** Reads the headers of what GET would answer; has no body. */
  HEAD = 'HEAD',
  /** Asks what is allowed; browsers send it ahead of requests to another origin. */
  OPTIONS = 'OPTIONS',
  /** Creates, or does something that no other method means. */
  POST = 'POST',
  /** Replaces what the path names. */
  PUT = 'PUT',
  /** Changes parts of what the path names. */
  PATCH = 'PATCH',
  /** Removes what the path names. */
  DELETE = 'DELETE',
}
