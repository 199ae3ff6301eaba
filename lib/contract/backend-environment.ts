/** Names of the environment variables that tell an API service which trust tokens it accepts. */
export const BACKEND_ENVIRONMENT = {
  /** `aud` of the tokens: `bank.example`. */
  trustDomain: 'TRUST_DOMAIN',
  /** `iss` of the tokens, an https URL. */
  issuer: 'TRUST_ISSUER',
  /** API group of the service. */
  group: 'TRUST_GROUP',
  /** The API service itself. */
  service: 'TRUST_SERVICE',
} as const;

/** How the security group of a backend function describes its connections. */
export const BACKEND_CONNECTIONS = 'declared connections out, nothing in';
