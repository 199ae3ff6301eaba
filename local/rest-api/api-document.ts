/** A JSON schema as it stands in an API document. */
export type Schema = { readonly [key: string]: unknown };

/** The parts of an OpenAPI 3.0 document with gateway extensions that the local gateway acts on. */
export interface ApiDocument {
  readonly openapi?: string;
  readonly paths?: { readonly [path: string]: PathItem };
  readonly components?: {
    readonly schemas?: { readonly [name: string]: Schema };
    readonly securitySchemes?: { readonly [name: string]: SecurityScheme };
    readonly parameters?: { readonly [name: string]: Parameter };
    readonly requestBodies?: { readonly [name: string]: RequestBody };
  };
  readonly security?: readonly SecurityRequirement[];
  readonly 'x-amazon-apigateway-api-key-source'?: string;
  readonly 'x-amazon-apigateway-binary-media-types'?: readonly string[];
  readonly 'x-amazon-apigateway-policy'?: { readonly [member: string]: unknown };
  readonly 'x-amazon-apigateway-request-validator'?: string;
  readonly 'x-amazon-apigateway-request-validators'?: { readonly [name: string]: RequestValidatorSettings };
  readonly 'x-amazon-apigateway-gateway-responses'?: { readonly [type: string]: GatewayResponseSettings };
}

export type SecurityRequirement = { readonly [scheme: string]: readonly string[] };
export type PathItem = { readonly [method: string]: Operation | readonly Parameter[] | undefined } & { readonly parameters?: readonly Parameter[] };

export interface SecurityScheme {
  readonly type: string;
  readonly name?: string;
  readonly 'x-amazon-apigateway-authtype'?: string;
  readonly 'x-amazon-apigateway-authorizer'?: AuthorizerSettings;
}

export interface AuthorizerSettings {
  readonly type: string;
  readonly authorizerUri?: string;
  readonly identitySource?: string;
  readonly authorizerResultTtlInSeconds?: number;
}

export interface RequestValidatorSettings { readonly validateRequestBody?: boolean; readonly validateRequestParameters?: boolean }

export interface GatewayResponseSettings {
  readonly statusCode?: number | string;
  readonly responseParameters?: { readonly [target: string]: string };
  readonly responseTemplates?: { readonly [contentType: string]: string };
}

export interface Parameter { readonly $ref?: string; readonly name: string; readonly in: string; readonly required?: boolean }
export interface RequestBody { readonly $ref?: string; readonly content?: { readonly [contentType: string]: { readonly schema?: Schema } } }

export interface Operation {
  readonly security?: readonly SecurityRequirement[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly 'x-amazon-apigateway-request-validator'?: string;
  readonly 'x-amazon-apigateway-integration'?: IntegrationSettings;
}

export interface IntegrationSettings {
  readonly type: string;
  readonly uri?: string;
  readonly httpMethod?: string;
  readonly timeoutInMillis?: number;
  readonly passthroughBehavior?: string;
  readonly requestParameters?: { readonly [target: string]: string };
  readonly requestTemplates?: { readonly [contentType: string]: string };
  readonly responses?: { readonly [pattern: string]: IntegrationResponse };
}

export interface IntegrationResponse {
  readonly statusCode: number | string;
  readonly responseParameters?: { readonly [target: string]: string };
  readonly responseTemplates?: { readonly [contentType: string]: string };
}

/** Follows a local `$ref` (`#/components/...`) of a parameter or request body. */
export function dereference<T extends { readonly $ref?: string }>(document: ApiDocument, value: T): T {
  if (value.$ref === undefined) return value;
  return value.$ref.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, part) => (node as { [key: string]: unknown } | undefined)?.[part], document) as T;
}
