/** Member of a path in an OpenAPI body that answers every method which the path does not name (API Gateway extension). */
export const ANY_METHOD = 'x-amazon-apigateway-any-method';
