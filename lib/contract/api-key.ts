/** The header that carries an API key; a key anywhere else is not looked at. */
export const API_KEY_HEADER = 'X-Api-Key';

/** Seconds after which an authorizer reads a consumer's keys again, and the age at which it stops using keys it cannot read again. */
export const API_KEY_SECONDS = { fresh: 300, stale: 900 } as const;

/**
 * Name of the secret that holds a consumer's API key.
 *
 * The last part is no hyphen with six characters, which Secrets Manager would take for the end of an ARN.
 */
export function apiKeySecretName(environment: string, securityDomain: string, consumer: string): string {
  return `${environment}/${securityDomain}/${consumer}/api-key`;
}

/**
 * What a consumer counts as in the usage plan of an API service: value of an `AWS::ApiGateway::ApiKey`.
 *
 * It is no credential: the gateway takes it from the authorizer and from nowhere else. Letters and digits only, 20 to 128
 * of them, no two alike: a name has neither capitals nor two hyphens in a row.
 */
export function usageIdentifier(securityDomain: string, consumer: string, service: string): string {
  return `usageIdentifierX${securityDomain}X${consumer}X${service}`.replaceAll('-', 'A');
}
