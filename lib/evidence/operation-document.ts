import { JWKS_PATH } from '../contract/trust-token';
import { PUBLISHED_KEYS_STAGE_VARIABLE } from '../contract/stage-variable';
import type { Home } from './assembly';
import { isRecord, valueAt } from './value';

type Body = Readonly<Record<string, unknown>>;
type Operation = Readonly<Record<string, unknown>>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'x-amazon-apigateway-any-method'];
/** Beside an authorizer, the platform takes an API key for one more demand and not for another way to call. */
const USAGE_PLAN = 'api_key';
const INTEGRATION = 'x-amazon-apigateway-integration';
const VALIDATOR = 'x-amazon-apigateway-request-validator';
const INVOCATION = /^arn:[^:]+:apigateway:([^:]+):lambda:path\/2015-03-31\/functions\/arn:[^:]+:lambda:\1:(\d{12}):function:([^:/]+)\/invocations$/;

/** A function that a body names, by its name or by a stage variable. */
export interface InvokedFunction extends Home {
  readonly name?: string;
}

/**
 * The operations of an API that reach a service, with what the names in them stand for: `$path`, `$method`, `$authorizers`
 * (an entry for each way to call; `{}` for a way without an authorizer), `$validator` and `$function`.
 *
 * The public keys are for everybody to read, in the root API alone.
 */
export function servedOperations(body: Body, home: Home, isRoot: boolean): Operation[] {
  return operationsOf(body).filter((operation) => !answersAlone(operation) && !(isRoot && servesKeys(operation, home)));
}

/** The function that the gateway's invocation URI names; none where it is any other URI. */
export function invokedFunction(uri: unknown): InvokedFunction | undefined {
  const [, region, account, name] = typeof uri === 'string' ? INVOCATION.exec(uri) ?? [] : [];
  return name === undefined ? undefined : { region, account, name };
}

/** How a body names a function that only the stage knows. */
export function stageVariable(name: string): string {
  return `\${stageVariables.${name}}`;
}

function operationsOf(body: Body): Operation[] {
  const inherited = { security: body.security, [VALIDATOR]: body[VALIDATOR] };
  return Object.entries(isRecord(body.paths) ? body.paths : {}).flatMap(([path, item]) => METHODS
    .map((method) => [method, valueAt(item, [method])] as const)
    .flatMap(([method, operation]) => (isRecord(operation) ? [resolved(body, { ...inherited, ...operation, $path: path, $method: method })] : [])));
}

function resolved(body: Body, operation: Operation): Operation {
  return {
    ...operation,
    $authorizers: authorizers(body, operation.security),
    $validator: valueAt(body, ['x-amazon-apigateway-request-validators', String(operation[VALIDATOR])]),
    $function: invokedFunction(valueAt(operation, [INTEGRATION, 'uri'])),
  };
}

function authorizers(body: Body, security: unknown): unknown[] {
  return (Array.isArray(security) ? security : []).flatMap((way: unknown, _index, ways: unknown[]) => {
    const names = isRecord(way) ? Object.keys(way) : [];
    if (names.join() === USAGE_PLAN && ways.length > 1) return [];
    return names.length === 0 ? [{}] : names.map((name) => authorizer(valueAt(body, ['components', 'securitySchemes', name])));
  });
}

function authorizer(scheme: unknown): unknown {
  return isRecord(scheme) ? { ...scheme, $function: invokedFunction(valueAt(scheme, ['x-amazon-apigateway-authorizer', 'authorizerUri'])) } : {};
}

/** A mock integration: the gateway itself answers (405, preflight), no service is reached. */
function answersAlone(operation: Operation): boolean {
  return /^mock$/i.test(String(valueAt(operation, [INTEGRATION, 'type'])));
}

function servesKeys(operation: Operation, { account, region }: Home): boolean {
  const invoked = operation.$function as InvokedFunction | undefined;
  return operation.$path === JWKS_PATH && operation.$method === 'get'
    && valueAt(operation, [INTEGRATION, 'type']) === 'aws_proxy'
    && invoked?.name === stageVariable(PUBLISHED_KEYS_STAGE_VARIABLE) && invoked.account === account && invoked.region === region;
}
