import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { API_STAGE_VARIABLE } from '../../lib/contract/authorizer-configuration';

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

  constructor(private readonly event: APIGatewayRequestAuthorizerEvent) {
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
  }

  /** Names of all headers as they were sent; those that the gateway shows twice stand here twice. */
  headerNames(): readonly string[] {
    return [...Object.keys(this.event.multiValueHeaders ?? {}), ...Object.keys(this.event.headers ?? {})];
  }

  /** All values of a header, whatever its spelling. */
  header(name: string): readonly string[] {
    return headerValues(this.event, spelling(name));
  }
}

// Names keep the caller's case, and some servers read `Txn_Token`, or `Txn.Token`, as `Txn-Token`.
function spelling(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '-');
}

function headerValues({ headers, multiValueHeaders }: APIGatewayRequestAuthorizerEvent, spelled: string): readonly string[] {
  const values: string[] = [];
  for (const name of Object.keys(multiValueHeaders ?? {})) {
    if (means(name, spelled)) {
      values.push(...multiValueHeaders?.[name] ?? []);
    }
  }
  // The gateway repeats the last value of each header in `headers`; only a name that is nowhere else adds to what was sent.
  for (const name of Object.keys(headers ?? {})) {
    const sent = means(name, spelled) && !Object.hasOwn(multiValueHeaders ?? {}, name) ? headers?.[name] : undefined;
    if (sent !== undefined) {
      values.push(sent);
    }
  }
  return values;
}

// No character of another length is spelled as a letter of ours, so most names need no second look.
function means(name: string, spelled: string): boolean {
  return name.length === spelled.length && spelling(name) === spelled;
}
