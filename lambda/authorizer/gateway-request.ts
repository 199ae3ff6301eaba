import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { API_STAGE_VARIABLE } from '../../lib/contract/authorizer-configuration';
import { headerName, type HeaderName } from './header-name';

/** What the authorizer reads of the event of a REQUEST authorizer of a REST API. */
export class GatewayRequest {
  /** Which REST API: `service` or `service/segment`. */
  readonly api: string;
  readonly method: string;
  /** Path template, `/accounts/{id}`. */
  readonly resource: string;
  /** As sent, with the base path of the service, percent-encoded. */
  readonly path: string;
  readonly methodArn: string;
  readonly sourceIp: string;
  /** The id that callers cannot choose, where the gateway gives one. */
  readonly requestId: string;
  /** Path parameters by the gateway's names, percent-encoded as they were sent. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  /** PEM, where the caller presented a certificate. */
  readonly certificate?: string;

  /** As they were sent, each name with its values. */
  readonly headers: readonly SentHeader[];

  constructor(readonly event: APIGatewayRequestAuthorizerEvent) {
    const { requestContext } = event;
    this.api = event.stageVariables?.[API_STAGE_VARIABLE] ?? '';
    this.method = event.httpMethod;
    this.resource = requestContext.resourcePath;
    this.path = requestContext.path;
    this.methodArn = event.methodArn;
    this.sourceIp = requestContext.identity.sourceIp;
    this.requestId = requestContext.extendedRequestId ?? requestContext.requestId;
    this.pathParameters = event.pathParameters ?? {};
    this.certificate = requestContext.identity.clientCert?.clientCertPem;
    this.headers = sentHeaders(event);
  }

  /** All values of a header, whatever its spelling. */
  header(name: string): readonly string[] {
    const { spelling } = headerName(name);
    const values: string[] = [];
    // Not mapped and flattened: every request asks for several headers, and this takes a tenth of the time.
    for (const header of this.headers) {
      if (header.name.spelling === spelling) {
        values.push(...header.values);
      }
    }
    return values;
  }
}

/** The values of a name, as they were sent. */
interface SentHeader {
  readonly name: HeaderName;
  readonly values: readonly string[];
}

// The gateway repeats the last value of each header in `headers`; only a name that is nowhere else adds to what was sent.
function sentHeaders({ headers, multiValueHeaders }: APIGatewayRequestAuthorizerEvent): readonly SentHeader[] {
  const all = multiValueHeaders ?? {};
  const sent: SentHeader[] = [];
  for (const name of Object.keys(all)) {
    sent.push({ name: headerName(name), values: all[name] ?? [] });
  }
  for (const name of Object.keys(headers ?? {})) {
    const value = Object.hasOwn(all, name) ? undefined : headers?.[name];
    if (value !== undefined) {
      sent.push({ name: headerName(name), values: [value] });
    }
  }
  return sent;
}
