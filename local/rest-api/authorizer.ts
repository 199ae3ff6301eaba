import { LocalRefusal } from '../local-refusal';
import type { AuthorizerSettings } from './api-document';
import { GatewayRefusal } from './gateway-response';
import type { FunctionInvoker } from './invocation';
import { compileMapping, withStageVariables, type MappedValue, type MappingSource, type StageVariables } from './parameter-mapping';
import { evaluatePolicy, type PolicyDocument } from './policy-document';
import { methodArn, restEvent, type StageIdentity } from './proxy-event';

/** What an authorizer said of one request. */
export interface AuthorizerAnswer {
  readonly principalId: string;
  readonly policyDocument: PolicyDocument;
  readonly context?: { readonly [name: string]: string | number | boolean };
  readonly usageIdentifierKey?: string;
}

/** The context variable that holds what an authorizer counts a request as. */
export const USAGE_IDENTIFIER = 'authorizer.usageIdentifierKey';

const DEFAULT_CACHE_SECONDS = 300;
const SCALARS = new Set(['string', 'number', 'boolean']);
// Whoever sends distinct keys fills the cache: past this many it starts over.
const CACHE_ENTRIES = 10_000;

/** A REQUEST authorizer of a REST API: identity sources, the function, its policy, the result cache. */
export class Authorizer {
  private readonly identitySources: readonly MappedValue[];
  private readonly functionArn: string;
  private readonly cache = new Map<string, { readonly answer: AuthorizerAnswer; readonly until: number }>();

  constructor(name: string, private readonly settings: AuthorizerSettings, private readonly identity: StageIdentity, stageVariables: StageVariables, private readonly functions: FunctionInvoker) {
    if (settings.type.toLowerCase() !== 'request' || settings.authorizerUri === undefined) {
      throw new LocalRefusal('LOCAL_AUTHORIZER', `authorizer ${name} is a Lambda REQUEST authorizer`, `type ${settings.type}`, 'type: request with an authorizerUri');
    }
    this.identitySources = (settings.identitySource ?? '').split(',').map((source) => source.trim()).filter((source) => source !== '').map(compileMapping);
    this.functionArn = functionArnOf(withStageVariables(settings.authorizerUri, stageVariables));
  }

  /**
   * Authorizes one request and puts the authorizer's context into the request's variables.
   *
   * @param allowed whether the API's resource policy allows the request: then a policy that says neither is enough ("Table A")
   * @throws GatewayRefusal UNAUTHORIZED, ACCESS_DENIED, AUTHORIZER_FAILURE or AUTHORIZER_CONFIGURATION_ERROR
   */
  public async authorize(resourcePath: string, path: string, source: MappingSource, allowed = false): Promise<AuthorizerAnswer> {
    const identities = this.identitySources.map((read) => read(source));
    if (identities.some((value) => value === undefined || value === '')) throw new GatewayRefusal('UNAUTHORIZED');
    const arn = methodArn(this.identity, source.request.method, path);
    const answer = await (this.seconds > 0 ? this.cached(JSON.stringify(identities), () => this.invoke(resourcePath, arn, source)) : this.invoke(resourcePath, arn, source));
    source.context.set('authorizer.principalId', answer.principalId);
    source.context.setAuthorizer(answer.context ?? {});
    source.context.set(USAGE_IDENTIFIER, answer.usageIdentifierKey);
    const verdict = evaluatePolicy(answer.policyDocument, arn);
    if (verdict === 'explicitly denied' || verdict === 'denied' && !allowed) {
      throw new GatewayRefusal('ACCESS_DENIED', { message: `User is not authorized to access this resource${verdict === 'explicitly denied' ? ' with an explicit deny' : ''}` });
    }
    return answer;
  }

  /** How long results are cached: not at all where nothing says whose they are. */
  private get seconds(): number {
    return this.identitySources.length === 0 ? 0 : this.settings.authorizerResultTtlInSeconds ?? DEFAULT_CACHE_SECONDS;
  }

  private async cached(key: string, load: () => Promise<AuthorizerAnswer>): Promise<AuthorizerAnswer> {
    const found = this.cache.get(key);
    if (found !== undefined && found.until > Date.now()) return found.answer;
    const answer = await load();
    if (this.cache.size >= CACHE_ENTRIES) this.cache.clear();
    this.cache.set(key, { answer, until: Date.now() + this.seconds * 1000 });
    return answer;
  }

  private async invoke(resourcePath: string, arn: string, source: MappingSource): Promise<AuthorizerAnswer> {
    const started = Date.now();
    const outcome = await this.functions.invoke(this.functionArn, { type: 'REQUEST', methodArn: arn, ...restEvent(resourcePath, source) });
    const latency = Date.now() - started;
    source.context.set('authorizer.latency', latency);
    source.context.set('authorizer.integrationLatency', latency);
    if ('error' in outcome) {
      // The platform gives 401 for exactly this message, and 500 for everything else.
      if (outcome.error.errorMessage === 'Unauthorized') throw new GatewayRefusal('UNAUTHORIZED');
      throw new GatewayRefusal(outcome.error.timedOut === true ? 'AUTHORIZER_CONFIGURATION_ERROR' : 'AUTHORIZER_FAILURE');
    }
    const answer = outcome.value as Partial<AuthorizerAnswer> | null;
    const scalars = Object.values(answer?.context ?? {}).every((value) => SCALARS.has(typeof value));
    if (typeof answer?.principalId !== 'string' || typeof answer.policyDocument !== 'object' || !scalars) throw new GatewayRefusal('AUTHORIZER_CONFIGURATION_ERROR');
    return answer as AuthorizerAnswer;
  }
}

/** The function ARN inside an API Gateway invocation URI. */
export function functionArnOf(uri: string): string {
  const [, arn] = /\/functions\/(.+)\/invocations$/.exec(uri) ?? [];
  if (arn === undefined) throw new LocalRefusal('LOCAL_FUNCTION_URI', 'a Lambda URI names a function', uri, 'arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations');
  return arn;
}
