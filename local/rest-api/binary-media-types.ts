import { header, type GatewayRequest } from './gateway-request';

/**
 * Which bodies of an API are no text.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export class BinaryMediaTypes {
  constructor(private readonly types: readonly string[] = []) {}

  /** Whether the body of a request is handed on in base64. */
  public sent(request: GatewayRequest): boolean {
    return this.types.length > 0 && this.match(header(request, 'content-type'));
  }

  /** Whether the caller takes base64 decoded: "API Gateway only honors the first `Accept` media type". */
  public accepted(request: GatewayRequest): boolean {
    return this.types.length > 0 && this.match(header(request, 'accept')?.split(',')[0]);
  }

  private match(value: string | undefined): boolean {
    const [kind, subtype] = (value ?? 'application/json').split(';')[0]!.trim().toLowerCase().split('/');
    return this.types.some((type) => ['*/*', `${kind}/*`, `${kind}/${subtype}`].includes(type.toLowerCase()));
  }
}
