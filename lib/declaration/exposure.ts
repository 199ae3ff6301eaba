/** Where an API service may be reached from: the security domains that face its callers. */
export enum Exposure {
  /** Anyone on the internet who holds a valid token. */
  PUBLIC = 'public',
  /** Named partners over mutual TLS. */
  PARTNER = 'partner',
  /** Services inside the environment's own network. */
  INTERNAL = 'internal',
}
