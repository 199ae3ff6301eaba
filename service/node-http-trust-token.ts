import type { IncomingMessage, ServerResponse } from 'node:http';
import { TRUST_TOKEN_HEADER, type TrustTokenClaims } from '../lib/contract/trust-token';
import { refusalResponse } from './refusal-response';
import { responseHeaders } from './response-headers';
import { demandsSignatures } from './signature/declared-signatures';
import { BodyInspection } from './threat/body-inspection';
import { BodyRefused } from './threat/body-refused';
import { peekedBody } from './peeked-body';
import { TrustTokenRefused } from './trust-token-refused';
import type { TrustTokenVerifier } from './trust-token-verifier';

/** A request that a verified trust token came with. */
export interface TrustedRequest extends IncomingMessage {
  trustToken?: TrustTokenClaims;
  /** What the inspection made of the body: the value of a JSON one, the text of an XML one, else undefined. */
  inspectedBody?: unknown;
}

/** How `nodeHttpTrustToken` takes requests. */
export interface TrustedRequestOptions {
  /** What is asked of bodies. @default BodyInspection.fromEnvironment() */
  readonly bodies?: BodyInspection;
}

/** Middleware of Express, Connect and plain `node:http`; a hook of Fastify. */
export type Middleware = (request: TrustedRequest, response: ServerResponse, next: (error?: unknown) => void) => void;

/**
 * Middleware that lets only requests with an acceptable trust token through and sets `request.trustToken` to its claims.
 *
 * Its responses start with the security headers, and with `X-Rate-Limit-*` where the requests of the consumer are counted; a service
 * that sets one of them itself has its way. It reads the `Txn-Token` header, which the gateway overwrites: a server behind it must be
 * reachable through its gateway only.
 *
 * A JSON or XML body is inspected before the next handler runs, which then reads it as it came.
 *
 * It does not verify signatures of messages: a server sees the host and the path that its gateway calls, not those that were signed.
 *
 * @throws TypeError where `MESSAGE_SIGNATURES` asks for them all the same
 * @example
 * expressApp.use(nodeHttpTrustToken(verifier));
 *
 * @example
 * const trusted = nodeHttpTrustToken(verifier);
 * fastifyApp.addHook('onRequest', (request, reply, done) => trusted(request.raw, reply.raw, done));
 */
export function nodeHttpTrustToken(verifier: TrustTokenVerifier, { bodies = BodyInspection.fromEnvironment() }: TrustedRequestOptions = {}): Middleware {
  if (demandsSignatures()) {
    throw new TypeError('nodeHttpTrustToken cannot verify signatures of messages; write lambdaTrustToken, or leave messageSignatures out of the declaration');
  }
  return (request, response, next) => {
    delete request.trustToken;
    delete request.inspectedBody;
    trusted(request, verifier, bodies).then(
      ({ claims, body }) => {
        // Whoever answered meanwhile (a timeout) has ended this request: a header set now would throw where nobody catches it.
        if (response.headersSent) {
          return;
        }
        request.trustToken = claims;
        request.inspectedBody = body;
        for (const [name, value] of Object.entries(responseHeaders(claims))) {
          response.setHeader(name, value);
        }
        next();
      },
      (error: unknown) => error instanceof TrustTokenRefused || error instanceof BodyRefused ? refuse(request, response, error) : next(error),
    );
  };
}

async function verified(request: IncomingMessage, verifier: TrustTokenVerifier): Promise<TrustTokenClaims> {
  const [token, second] = request.headersDistinct[TRUST_TOKEN_HEADER.toLowerCase()] ?? [];
  if (token === undefined) {
    throw new TrustTokenRefused('token_missing');
  }
  if (second !== undefined) {
    throw new TrustTokenRefused('token_malformed');
  }
  const claims = await verifier.verify(token);
  // The path below a gateway is the service's own matter; the method is not.
  if (request.method !== claims.tctx.method) {
    throw new TrustTokenRefused('operation_mismatch');
  }
  return claims;
}

async function trusted(request: IncomingMessage, verifier: TrustTokenVerifier, bodies: BodyInspection): Promise<{ claims: TrustTokenClaims; body: unknown }> {
  const claims = await verified(request, verifier);
  const contentTypes = request.headersDistinct['content-type'] ?? [];
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!hasBody) {
    return { claims, body: bodies.inspectAbsence(claims) };
  }
  if (!bodies.concerns(contentTypes)) {
    bodies.requireDeclared(contentTypes, claims);
    return { claims, body: undefined };
  }
  const body = await peekedBody(request, bodies.maxBytes, (beginning) => bodies.glance(contentTypes, beginning));
  return { claims, body: body.length > 0 ? await bodies.inspect({ contentTypes, contentEncodings: request.headersDistinct['content-encoding'], body }, claims) : bodies.inspectAbsence(claims) };
}

function refuse(request: IncomingMessage, response: ServerResponse, refused: TrustTokenRefused | BodyRefused): void {
  if (response.headersSent) {
    return;
  }
  const { statusCode, headers, body } = refusalResponse(refused);
  // What is too large ends with the connection. Of any other body the rest is let pass: who sends it all before reading would see no answer.
  const endless = refused instanceof BodyRefused && refused.threat === 'bodyBytes';
  response.writeHead(statusCode, endless ? { ...headers, Connection: 'close' } : headers).end(body);
  if (refused instanceof BodyRefused && !endless) {
    request.resume();
  }
}
