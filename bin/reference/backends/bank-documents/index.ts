import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { FileUploads, lambdaTrustToken, TrustTokenVerifier, type FileUploadRequest } from 'cdk-api-security/service';

const verifier = TrustTokenVerifier.fromEnvironment();
const uploads = FileUploads.fromEnvironment();

/** Gives a customer the form for one upload, or the link to a file that was released. */
export const handler = lambdaTrustToken<APIGatewayProxyEvent, unknown, APIGatewayProxyResult>(verifier, async (event, claims, _context, body) => {
  if (claims.tctx.operation === 'uploadFile') {
    const form = await uploads.upload(claims, body as FileUploadRequest);
    console.log(JSON.stringify({ type: 'file-upload', id: form.id, txn: claims.txn, sub: claims.sub }));
    return answer(201, form);
  }
  return answer(200, await uploads.download(claims, event.pathParameters?.fileId ?? ''));
});

function answer(statusCode: number, body: object): APIGatewayProxyResult {
  return { statusCode, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
