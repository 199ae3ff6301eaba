import { LocalRefusal } from '../local-refusal';
import type { WebAcl } from '../web-acl/web-acl';
import type { AccessLog } from './access-log';
import type { ApiDocument, Operation, SecurityRequirement } from './api-document';
import { Authorizer, USAGE_IDENTIFIER } from './authorizer';
import { BinaryMediaTypes } from './binary-media-types';
import { header, type GatewayAnswer, type GatewayRequest } from './gateway-request';
import { GatewayRefusal, gatewayResponse } from './gateway-response';
import { integration, type Integration, type IntegrationTargets } from './integration';
import { assertMappable, type MappingSource } from './parameter-mapping';
import { methodArn, type StageIdentity } from './proxy-event';
import { requestContext, resourceId } from './request-context';
import { ResourcePolicy } from './resource-policy';
import { RequestValidator, type Validate } from './request-validator';
import { RouteTable } from './route-table';
import { Throttle, type MethodSetting } from './throttle';
import { usageRefusal, type UsagePlan } from './usage-plan';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html: "When authorization is enabled on a method, the maximum
// length of the method's ARN is 1600 bytes. [...] the API client receives a 414 Request URI too long response."
const ARN_LIMIT = 1600;
const URI_TOO_LONG: GatewayAnswer = { status: 414, headers: [['content-type', 'application/json']], body: Buffer.from('{"message":"Request URI too long"}') };

/** A deployed stage of a REST API, as the assembly holds it. */
export interface RestApiProps {
  readonly identity: StageIdentity;
  readonly document: ApiDocument;
  readonly stageVariables: { readonly [name: string]: string };
  readonly methodSettings: readonly MethodSetting[];
  /** Usage plans that the stage is attached to. */
  readonly usagePlans?: readonly UsagePlan[];
  readonly accessLogFormat?: string;
  readonly accessLog?: AccessLog;
  readonly webAcl?: WebAcl;
  readonly webAclArn?: string;
  /** Policy of the REST API itself. */
  readonly resourcePolicy?: { readonly [member: string]: unknown };
  /** VPC endpoint that requests to a private API come through. */
  readonly sourceVpce?: string;
  readonly targets: IntegrationTargets;
}

/** What an operation's document says, compiled. */
interface CompiledOperation {
  readonly authorizer?: Authorizer;
  /** Whether a usage plan has to admit its requests. */
  readonly counted: boolean;
  readonly validate: Validate;
  readonly integration: Integration;
}

/**
 * Answers requests as a stage of a REST API does.
 *
 * Order: web ACL, route, resource policy, identity source, authorizer, usage plan, throttle, request validation, integration. Whatever is not
 * emulated is refused when the stage is made, not when a request needs it.
 */
export class RestApi {
  private readonly routes: RouteTable;
  private readonly throttle: Throttle;
  private readonly resourcePolicy?: ResourcePolicy;
  private readonly authorizers = new Map<string, Authorizer>();
  private readonly operations = new Map<Operation, CompiledOperation>();

  constructor(public readonly props: RestApiProps) {
    const { document, identity } = props;
    const targets = { ...props.targets, binary: new BinaryMediaTypes(document['x-amazon-apigateway-binary-media-types']) };
    this.routes = new RouteTable(document);
    const validator = new RequestValidator(document);
    this.throttle = new Throttle(props.methodSettings);
    if (props.resourcePolicy !== undefined) this.resourcePolicy = new ResourcePolicy(props.resourcePolicy, identity);
    for (const [name, scheme] of Object.entries(document.components?.securitySchemes ?? {})) {
      const settings = scheme['x-amazon-apigateway-authorizer'];
      if (settings !== undefined) this.authorizers.set(name, new Authorizer(name, settings, identity, props.stageVariables, targets.functions));
    }
    for (const { method, path, operation } of this.routes.operations()) {
      const names = (operation.security ?? []).flatMap((requirement) => Object.keys(requirement));
      this.operations.set(operation, {
        integration: integration(`${method} ${path}`, operation['x-amazon-apigateway-integration'], targets, props.stageVariables),
        authorizer: this.authorizerOf(operation.security, `${method} ${path}`),
        counted: names.some((name) => this.isApiKey(name)),
        validate: validator.of(operation),
      });
    }
    for (const { responseParameters } of Object.values(document['x-amazon-apigateway-gateway-responses'] ?? {})) Object.values(responseParameters ?? {}).forEach(assertMappable);
  }

  /** Number of declared operations, the ones that answer any other method not counted. */
  public get operationCount(): number {
    return [...this.routes.operations()].filter(({ method }) => method !== 'ANY').length;
  }

  /**
   * Answers one request.
   *
   * @param basePath the mapping that led here: `accounts/customers`, or empty
   */
  public async handle(request: GatewayRequest, basePath: string): Promise<GatewayAnswer> {
    const started = Date.now();
    const context = requestContext(this.props.identity, request, basePath);
    const path = basePath === '' ? request.path : request.path.slice(basePath.length + 1) || '/';
    const source: MappingSource = { request, pathParameters: {}, stageVariables: this.props.stageVariables, context };
    let answer: GatewayAnswer;
    try {
      const inspection = this.inspect(source);
      answer = 'answer' in inspection ? inspection.answer : await this.route(path, { ...source, request: inspection.request });
    } catch (error) {
      const refusal = error instanceof GatewayRefusal ? error : new GatewayRefusal('API_CONFIGURATION_ERROR');
      // The message of an unexpected error may quote the request.
      if (refusal !== error) context.set('integrationErrorMessage', (error as Error).name);
      answer = gatewayResponse(this.props.document, refusal, request, source);
    }
    context.set('status', answer.status);
    context.set('responseLength', answer.body.length);
    context.set('responseLatency', Date.now() - started);
    if (this.props.accessLogFormat !== undefined) this.props.accessLog?.write(this.props.accessLogFormat, context);
    return { ...answer, headers: [['x-amzn-RequestId', context.get('requestId')!], ['x-amz-apigw-id', context.get('extendedRequestId')!], ...answer.headers] };
  }

  private inspect({ request, context }: MappingSource): { readonly answer: GatewayAnswer } | { readonly request: GatewayRequest } {
    const { webAcl, webAclArn } = this.props;
    if (webAcl === undefined) return { request };
    const decision = webAcl.evaluate(request);
    context.set('webaclArn', webAclArn);
    context.set('waf.status', 200);
    context.set('wafResponseCode', decision.blocked ? 'WAF_BLOCK' : 'WAF_ALLOW');
    if (!decision.blocked) return { request: decision.insertHeaders.length === 0 ? request : { ...request, headers: withInserted(request.headers, decision.insertHeaders) } };
    // A custom response of the web ACL wins over the gateway response WAF_FILTERED.
    if (decision.response === undefined) throw new GatewayRefusal('WAF_FILTERED');
    const { status, headers, body } = decision.response;
    context.set('error.responseType', 'WAF_FILTERED');
    return { answer: { status, headers, body: Buffer.from(body) } };
  }

  private async route(path: string, unrouted: MappingSource): Promise<GatewayAnswer> {
    const { request, context } = unrouted;
    const route = this.routes.find(request.method, path);
    if (route === undefined) throw new GatewayRefusal('MISSING_AUTHENTICATION_TOKEN');
    const source = { ...unrouted, pathParameters: route.pathParameters };
    context.set('resourcePath', route.resourcePath);
    context.set('resourceId', resourceId(route.resourcePath));
    const { authorizer: guard, counted, validate, integration: answer } = this.operations.get(route.operation)!;
    const allowed = this.allowedByPolicy(path, request, guard !== undefined);
    if (guard !== undefined && methodArn(this.props.identity, request.method, path).length > ARN_LIMIT) return URI_TOO_LONG;
    const authorizer = await guard?.authorize(route.resourcePath, path, source, allowed);
    if (counted) this.count(route.resourcePath, source);
    // What is above the limit of its own caller takes nothing from the others of the method.
    if (!this.throttle.admits(request.method, route.resourcePath)) throw new GatewayRefusal('THROTTLED');
    validate(source);
    return answer({ source, resourcePath: route.resourcePath, authorizer });
  }

  /**
   * Whether the resource policy allows a request; an authorizer may allow what the policy says nothing of.
   *
   * @throws GatewayRefusal ACCESS_DENIED where the policy denies it, or nobody else could allow it
   */
  private allowedByPolicy(path: string, { method, sourceIp }: GatewayRequest, authorized: boolean): boolean {
    if (this.resourcePolicy === undefined) return false;
    const arn = methodArn(this.props.identity, method, path);
    const verdict = this.resourcePolicy.evaluate(arn, { sourceIp, sourceVpce: this.props.sourceVpce });
    if (verdict === 'explicitly denied' || verdict === 'denied' && !authorized) {
      throw new GatewayRefusal('ACCESS_DENIED', { message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${arn}${verdict === 'denied' ? '' : ' with an explicit deny'}` });
    }
    return verdict === 'allowed';
  }

  /** @throws GatewayRefusal where no plan of the stage admits one more request of this key */
  private count(resourcePath: string, { request, context }: MappingSource): void {
    const { document, identity, usagePlans = [] } = this.props;
    // Of the two sources one is looked at: where it is the authorizer, a caller's own header is nothing.
    const key = document['x-amazon-apigateway-api-key-source'] === 'AUTHORIZER' ? context.get(USAGE_IDENTIFIER) : header(request, 'x-api-key');
    const refusal = usageRefusal(usagePlans, key, `${identity.apiId}/${identity.stage}${resourcePath}/${request.method}`);
    if (refusal !== undefined) throw new GatewayRefusal(refusal);
  }

  private isApiKey(name: string): boolean {
    const scheme = this.props.document.components?.securitySchemes?.[name];
    return scheme?.type === 'apiKey' && scheme.name?.toLowerCase() === 'x-api-key' && scheme['x-amazon-apigateway-authorizer'] === undefined;
  }

  private authorizerOf(requirements: readonly SecurityRequirement[] | undefined, operation: string): Authorizer | undefined {
    // The platform ignores a document-level `security`; so does this, lest an open operation looks protected here.
    const name = (requirements ?? []).flatMap((requirement) => Object.keys(requirement)).find((scheme) => !this.isApiKey(scheme));
    if (name === undefined) return undefined;
    const authorizer = this.authorizers.get(name);
    if (authorizer === undefined) {
      throw new LocalRefusal('LOCAL_AUTHORIZER', `the security scheme of ${operation} is a Lambda authorizer`, name, 'a security scheme with x-amazon-apigateway-authorizer');
    }
    return authorizer;
  }
}

/** "If the request already has a header with the same name that AWS WAF is inserting, AWS WAF overwrites the header." */
function withInserted(headers: GatewayRequest['headers'], inserted: GatewayRequest['headers']): GatewayRequest['headers'] {
  const names = new Set(inserted.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...inserted];
}
