/**
 * One JSON line per request, permitted or refused (ISM-0634).
 *
 * Context variables only: no header, query string or body is logged, so no token or marked payload can be.
 */
export const ACCESS_LOG_FORMAT = JSON.stringify({
  time: '$context.requestTimeEpoch',
  correlationId: '$context.extendedRequestId',
  requestId: '$context.requestId',
  txn: '$context.authorizer.txn',
  consumer: '$context.authorizer.consumer',
  refusal: '$context.authorizer.refusal',
  domainName: '$context.domainName',
  api: '$context.apiId',
  stage: '$context.stage',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  responseType: '$context.error.responseType',
  sourceIp: '$context.identity.sourceIp',
  clientCertificate: '$context.identity.clientCert.serialNumber',
  tlsVersion: '$context.tlsVersion',
  cipherSuite: '$context.cipherSuite',
  webAclStatus: '$context.waf.status',
  authorizerLatency: '$context.authorizer.latency',
  latency: '$context.responseLatency',
  responseLength: '$context.responseLength',
});
