/** Member of an operation in an OpenAPI body that lists what its description asks for and the gateway cannot enforce. */
export const NOT_ENFORCED = 'x-cdk-api-security-not-enforced';
