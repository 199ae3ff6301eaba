/** Where in a request a parameter is sent. */
export enum ParameterLocation {
  /** A `{segment}` of the path; it is always required. */
  PATH = 'path',
  /** The query string. Never a secret: it lands in logs and histories. */
  QUERY = 'query',
  /** A request header. */
  HEADER = 'header',
}
