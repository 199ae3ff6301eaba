import { createHash, randomUUID } from 'node:crypto';
import { ContextVariables } from './context-variables';
import { header, type GatewayRequest } from './gateway-request';
import type { StageIdentity } from './proxy-event';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The `$context` variables that are known when a request arrives. */
export function requestContext(identity: StageIdentity, request: GatewayRequest, basePath: string): ContextVariables {
  const now = new Date();
  return new ContextVariables({
    // A caller may choose the request id, never the extended one.
    requestId: header(request, 'x-amzn-requestid') ?? randomUUID(),
    extendedRequestId: `${Buffer.from(randomDigits(), 'hex').toString('base64url', 0, 11)}=`,
    accountId: identity.accountId,
    apiId: identity.apiId,
    stage: identity.stage,
    domainName: request.hostName,
    domainPrefix: request.hostName.split('.')[0],
    httpMethod: request.method,
    path: request.path,
    protocol: request.protocol,
    tlsVersion: request.tlsVersion,
    cipherSuite: request.cipherSuite,
    requestTime: clf(now),
    requestTimeEpoch: now.getTime(),
    'customDomain.basePathMatched': basePath === '' ? '(none)' : basePath,
    'identity.sourceIp': request.sourceIp,
    'identity.userAgent': header(request, 'user-agent'),
    'identity.clientCert.subjectDN': request.clientCertificate?.subjectDN,
    'identity.clientCert.issuerDN': request.clientCertificate?.issuerDN,
    'identity.clientCert.serialNumber': request.clientCertificate?.serialNumber,
    'identity.clientCert.validity.notBefore': request.clientCertificate?.validity.notBefore,
    'identity.clientCert.validity.notAfter': request.clientCertificate?.validity.notAfter,
    'identity.clientCert.clientCertPem': request.clientCertificate?.clientCertPem,
    xrayTraceId: `1-${Math.floor(now.getTime() / 1000).toString(16)}-${randomDigits().slice(0, 24)}`,
  });
}

// Node.js keeps random UUIDs in stock; random bytes of their own take ten times as long.
function randomDigits(): string {
  return randomUUID().replaceAll('-', '');
}

const resourceIds = new Map<string, string>();

/** Short id of a resource path, as `$context.resourceId`; there are as many as the documents declare. */
export function resourceId(resourcePath: string): string {
  const id = resourceIds.get(resourcePath) ?? createHash('sha256').update(resourcePath).digest('hex').slice(0, 6);
  resourceIds.set(resourcePath, id);
  return id;
}

let written = { second: -1, text: '' };

/** Of a second, written once. */
function clf(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (written.second !== second) written = { second, text: inClf(date) };
  return written.text;
}

function inClf(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]!}/${date.getUTCFullYear()}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}
