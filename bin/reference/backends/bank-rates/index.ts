import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { lambdaTrustToken, TrustTokenVerifier } from 'cdk-api-security/service';
import { answer } from './rates';

const verifier = TrustTokenVerifier.fromEnvironment();

/** Answers requests that came through the gateway; anything else has no trust token and is refused. */
export const handler = lambdaTrustToken<APIGatewayProxyEvent, unknown, APIGatewayProxyResult>(verifier, async (event, { tctx }, _context, sent) => {
  const { status, body } = answer(tctx.operation, event.pathParameters ?? {}, sent);
  return { statusCode: status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' }, body: JSON.stringify(body) };
});
