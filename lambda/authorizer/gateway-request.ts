import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { API_STAGE_VARIABLE } from '../../lib/contract/authorizer-configuration';

/** What the authorizer reads of a REST API request. */
export interface GatewayRequest {
  /** Which REST API: `service` or `service/segment`. */
  readonly api: string;
  readonly method: string;
  /** Path template, `/accounts/{id}`. */
  readonly resource: string;
  readonly methodArn: string;
  readonly sourceIp: string;
  /** The id that callers cannot choose, where the gateway gives one. */
  readonly requestId: string;
  /** PEM, where the caller presented a certificate. */
  readonly certificate?: string;
  /** All values of a header, whatever its spelling. */
  header(name: string): readonly string[];
}

/** Reads the event of a REQUEST authorizer. */
export function gatewayRequest(event: APIGatewayRequestAuthorizerEvent): GatewayRequest {
  const { requestContext } = event;
  const headers = headerValues(event);
  return {
    api: event.stageVariables?.[API_STAGE_VARIABLE] ?? '',
    method: event.httpMethod,
    resource: requestContext.resourcePath,
    methodArn: event.methodArn,
    sourceIp: requestContext.identity.sourceIp,
    requestId: requestContext.extendedRequestId ?? requestContext.requestId,
    certificate: requestContext.identity.clientCert?.clientCertPem,
    header: (name) => headers.get(spelling(name)) ?? [],
  };
}

// Names keep the caller's case, and some servers read `Txn_Token` as `Txn-Token`.
function spelling(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function headerValues({ headers, multiValueHeaders }: APIGatewayRequestAuthorizerEvent): ReadonlyMap<string, readonly string[]> {
  const single = Object.entries(headers ?? {}).map(([name, value]) => [name, value === undefined ? [] : [value]] as const);
  // The gateway repeats the last value of each header in `headers`; only a name that is nowhere else adds to what was sent.
  const multiple = Object.entries(multiValueHeaders ?? {});
  const names = new Set(multiple.map(([name]) => name));
  const values = new Map<string, readonly string[]>();
  for (const [name, sent] of [...multiple, ...single.filter(([name]) => !names.has(name))]) {
    values.set(spelling(name), [...values.get(spelling(name)) ?? [], ...sent ?? []]);
  }
  return values;
}
