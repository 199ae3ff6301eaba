import type { ApiDocument, GatewayResponseSettings } from './api-document';
import type { ContextVariables } from './context-variables';
import { header, type GatewayAnswer, type GatewayRequest } from './gateway-request';
import { mappedValue, type MappingSource } from './parameter-mapping';

/** Default status, message and error type of each gateway response, as the platform documents and sends them. */
const DEFAULTS = {
  ACCESS_DENIED: { status: 403, message: 'User is not authorized to access this resource', errorType: 'AccessDeniedException' },
  API_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, message: null, errorType: 'AuthorizerConfigurationException' },
  AUTHORIZER_FAILURE: { status: 500, message: null, errorType: 'CustomAuthorizerFailureException' },
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body', errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: { status: 400, message: 'Missing required request parameters', errorType: 'BadRequestException' },
  INTEGRATION_FAILURE: { status: 504, message: 'Network error communicating with endpoint', errorType: 'InternalServerErrorException' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out', errorType: 'InternalServerErrorException' },
  INVALID_API_KEY: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token', errorType: 'MissingAuthenticationTokenException' },
  QUOTA_EXCEEDED: { status: 429, message: 'Limit Exceeded', errorType: 'LimitExceededException' },
  THROTTLED: { status: 429, message: 'Too Many Requests', errorType: 'TooManyRequestsException' },
  UNAUTHORIZED: { status: 401, message: 'Unauthorized', errorType: 'UnauthorizedException' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Unsupported Media Type', errorType: 'BadRequestException' },
  WAF_FILTERED: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
} as const;

/** Name of a gateway response that the local gateway can give. */
export type GatewayResponseType = keyof typeof DEFAULTS;

/**
 * A refusal on its way to a gateway response.
 *
 * @param detail replaces the default message; `validation` fills `$context.error.validationErrorString`
 */
export class GatewayRefusal extends Error {
  constructor(public readonly type: GatewayResponseType, public readonly detail?: { readonly message?: string; readonly validation?: string; readonly status?: number }) {
    super(type);
  }
}

/** Renders a refusal by the API's gateway responses, the DEFAULT_4XX and DEFAULT_5XX ones where its own is not set. */
export function gatewayResponse(document: ApiDocument, refusal: GatewayRefusal, request: GatewayRequest, source: MappingSource): GatewayAnswer {
  const { status, message, errorType } = DEFAULTS[refusal.type];
  const all = document['x-amazon-apigateway-gateway-responses'] ?? {};
  const settings: GatewayResponseSettings = all[refusal.type] ?? all[status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'] ?? {};
  const said = refusal.detail?.message ?? message;
  setError(source.context, refusal, said);
  const [contentType, template] = chosenTemplate(settings, request);
  const parameters = Object.entries(settings.responseParameters ?? {}).flatMap(([target, expression]) => {
    const value = mappedValue(expression, source);
    return value === undefined ? [] : [[target.replace(/^gatewayresponse\.header\./, ''), value] as const];
  });
  const overridden = new Set(parameters.map(([name]) => name.toLowerCase()));
  return {
    status: Number(settings.statusCode ?? refusal.detail?.status ?? status),
    headers: [...overridden.has('content-type') ? [] : [['content-type', contentType] as const], ['x-amzn-ErrorType', errorType], ...parameters],
    body: Buffer.from(source.context.render(template)),
  };
}

function setError(context: ContextVariables, { type, detail }: GatewayRefusal, message: string | null): void {
  context.set('error.responseType', type);
  context.set('error.message', message ?? '');
  context.set('error.messageString', JSON.stringify(message));
  context.set('error.validationErrorString', detail?.validation);
}

function chosenTemplate({ responseTemplates }: GatewayResponseSettings, request: GatewayRequest): [string, string] {
  return acceptedTemplate(responseTemplates ?? { 'application/json': '{"message":$context.error.messageString}' }, request);
}

/** The template of an answer: the one that `Accept` names, that of JSON, or the first one ("Select a VTL mapping template"). */
export function acceptedTemplate(responseTemplates: { readonly [contentType: string]: string }, request: GatewayRequest): [string, string] {
  const templates = Object.entries(responseTemplates);
  const accepted = (header(request, 'accept') ?? '').split(',').map((range) => range.split(';')[0]!.trim());
  return templates.find(([contentType]) => accepted.includes(contentType)) ?? templates.find(([contentType]) => contentType === 'application/json') ?? templates[0] ?? ['application/json', ''];
}
