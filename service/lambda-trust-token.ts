import { CREDENTIAL_HEADERS } from '../lib/contract/credential-header';
import type { TrustTokenClaims } from '../lib/contract/trust-token';
import { FileUploadRefused } from './files/file-upload-refused';
import { refusalResponse, type RefusalResponse } from './refusal-response';
import { responseHeaders } from './response-headers';
import { securedResult } from './secured-result';
import { signaturesOfEnvironment, type SignatureDemand } from './signature/declared-signatures';
import type { SignedRequest } from './signature/signature-base';
import { SignatureRefused } from './signature/signature-refused';
import { BodyInspection } from './threat/body-inspection';
import { BodyRefused } from './threat/body-refused';
import { TrustTokenRefused } from './trust-token-refused';
import type { TrustTokenVerifier } from './trust-token-verifier';

/** The part of a REST API proxy event that says what was asked for and by whom. */
export interface ProxyEvent {
  readonly httpMethod: string;
  /** Path of the resource, with its parameters' names: `/accounts/{id}`. */
  readonly resource: string;
  readonly headers?: { readonly [name: string]: unknown } | null;
  readonly multiValueHeaders?: { readonly [name: string]: unknown } | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly multiValueQueryStringParameters?: { readonly [name: string]: readonly string[] | undefined } | null;
  readonly requestContext: { readonly authorizer?: { readonly [name: string]: unknown } | null; readonly domainName?: string; readonly path?: string };
}

/**
 * Handles a proxy event on behalf of the subject of a verified trust token.
 *
 * `body` is what the inspection made of the event's body: the value of a JSON one, the text of an XML one, else undefined.
 */
export type TrustedHandler<Event, Context, Result> = (event: Event, claims: TrustTokenClaims, context: Context, body: unknown) => Promise<Result>;

/** How a `lambdaTrustToken` handler takes its requests. */
export interface TrustedHandlerOptions {
  /** What is asked of bodies. @default BodyInspection.fromEnvironment() */
  readonly bodies?: BodyInspection;
  /**
   * Signatures that consumers must make of their requests and bodies.
   *
   * @default - those that the declaration of the service asks for (`messageSignatures`, told by `BackendFunction`), or none
   */
  readonly signatures?: SignatureDemand;
}

/**
 * A Lambda proxy handler that runs only for requests with an acceptable trust token; others get problem+json.
 *
 * The token is read from the authorizer's context. A header of the same name is the caller's own and is never looked at. The
 * token must have been issued for the event's own method and resource. The handler gets the event without the headers that
 * carry the caller's credentials, which a proxy integration cannot hold back: a service has no use for them. Its result gets the
 * security headers (`Strict-Transport-Security`, `Content-Security-Policy`, `Cache-Control: no-store` …) that it does not set itself, and
 * `X-Rate-Limit-Limit`, `-Remaining` and `-Reset` where the requests of the consumer are counted.
 *
 * A JSON or XML body is inspected first, within the limits that the function's group or service declares: one that is too large,
 * too involved or ambiguous never reaches the handler, and a JSON body reaches it parsed.
 * Where the service declares `messageSignatures`, only signed requests reach it.
 *
 * @example
 * export const handler = lambdaTrustToken(verifier, async (event, claims) => ({ statusCode: 200, body: claims.sub }));
 */
export function lambdaTrustToken<Event extends ProxyEvent, Context, Result>(
  verifier: TrustTokenVerifier, handler: TrustedHandler<Event, Context, Result>, { bodies = BodyInspection.fromEnvironment(), signatures = signaturesOfEnvironment() }: TrustedHandlerOptions = {},
): (event: Event, context: Context) => Promise<Result | RefusalResponse> {
  return async (event, context) => {
    let claims: TrustTokenClaims;
    try {
      claims = await verifier.verify(trustTokenOf(event));
      demandSameOperation(event, claims);
    } catch (error) {
      if (error instanceof TrustTokenRefused) {
        return refusalResponse(error);
      }
      throw error;
    }
    return answered(async () => {
      await signatures?.verify(signedRequest(event), claims);
      return handler(withoutCredentials(event), claims, context, await inspected(bodies, event, claims));
    }, responseHeaders(claims));
  };
}

async function answered<Result>(handler: () => Promise<Result>, headers: Readonly<Record<string, string>>): Promise<Result | RefusalResponse> {
  try {
    return securedResult(await handler(), headers);
  } catch (error) {
    if (error instanceof BodyRefused || error instanceof SignatureRefused || error instanceof FileUploadRefused) {
      return securedResult(refusalResponse(error), headers);
    }
    throw error;
  }
}

async function inspected(bodies: BodyInspection, event: ProxyEvent, claims: TrustTokenClaims): Promise<unknown> {
  return event.body
    ? bodies.inspect({ contentTypes: headerValues(event, 'content-type'), contentEncodings: headerValues(event, 'content-encoding'), body: event.isBase64Encoded ? bytesOf(event) : event.body }, claims)
    : bodies.inspectAbsence(claims);
}

/** What the gateway saw of a request; it hands on no query string, only its parameters. */
function signedRequest(event: ProxyEvent): SignedRequest {
  const names = new Set([...Object.keys(event.headers ?? {}), ...Object.keys(event.multiValueHeaders ?? {})].map((name) => name.toLowerCase()));
  const parameters = Object.entries(event.multiValueQueryStringParameters ?? {}).map(([name, values]) => [name, values ?? []] as const);
  return {
    method: event.httpMethod,
    authority: event.requestContext.domainName?.toLowerCase() ?? '',
    path: event.requestContext.path ?? '',
    queryParameters: new Map(parameters),
    fields: new Map([...names].map((name) => [name, headerValues(event, name)])),
    body: bytesOf(event),
  };
}

function bytesOf({ body, isBase64Encoded }: ProxyEvent): Buffer {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
}

/** All values of a header, whatever its spelling; the gateway repeats the last value of each in `headers`. */
function headerValues({ headers, multiValueHeaders }: ProxyEvent, name: string): string[] {
  const values = (all: ProxyEvent['headers']): unknown[] => Object.entries(all ?? {}).filter(([sent]) => sent.toLowerCase() === name).flatMap(([, value]) => value);
  const multiple = values(multiValueHeaders);
  return (multiple.length > 0 ? multiple : values(headers)).map(String);
}

/** A token that was issued for one operation must not serve another. */
function demandSameOperation({ httpMethod, resource }: ProxyEvent, { tctx }: TrustTokenClaims): void {
  if (httpMethod !== tctx.method || resource !== tctx.resource) {
    throw new TrustTokenRefused('operation_mismatch');
  }
}

const CREDENTIALS = new Set(CREDENTIAL_HEADERS);

function withoutCredentials<Event extends ProxyEvent>(event: Event): Event {
  return { ...event, headers: withoutCredentialHeaders(event.headers), multiValueHeaders: withoutCredentialHeaders(event.multiValueHeaders) };
}

function withoutCredentialHeaders(headers: ProxyEvent['headers']): ProxyEvent['headers'] {
  return headers && Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.has(name.toLowerCase().replace(/[^a-z0-9]/g, '-'))));
}

function trustTokenOf(event: ProxyEvent): string {
  const token = event.requestContext.authorizer?.trustToken;
  if (typeof token !== 'string') {
    throw new TrustTokenRefused('token_missing');
  }
  return token;
}
