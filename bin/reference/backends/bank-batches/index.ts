import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { lambdaTrustToken, TrustTokenVerifier } from 'cdk-api-security/service';

const verifier = TrustTokenVerifier.fromEnvironment();

/** Accepts a batch that its bank signed: the declaration of the service asks for that, so nothing here has to. */
export const handler = lambdaTrustToken<APIGatewayProxyEvent, unknown, APIGatewayProxyResult>(verifier, async (_event, claims, _context, sent) => {
  const { payments } = sent as { readonly payments: readonly unknown[] };
  return { statusCode: 202, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ batchId: claims.txn, payments: payments.length, signedBy: claims.rctx.consumer }) };
});
