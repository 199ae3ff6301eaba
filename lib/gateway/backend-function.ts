import { Duration, Size, Tags } from 'aws-cdk-lib';
import { Connections, IConnectable, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, IFunction, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BODY_LIMITS_VARIABLE } from '../contract/body-limits';
import { BACKEND_CONNECTIONS, BACKEND_ENVIRONMENT } from '../contract/backend-environment';
import { checkedName } from '../declaration/name';
import { ConfinedFunction } from '../private/confined-function';
import { ReplayTable } from '../private/replay-table';
import { declaredBodyLimits } from './body-inspection';
import { declaredSignatures, signatureVariables } from './signed-messages';
import { validatorLayer } from './validator-layer';
import { NONCE_TABLE_TAG, NONCE_TABLE_VARIABLE } from '../contract/message-signatures';
import { IBackendEnvironment } from '../declaration/backend-environment';

/** Properties of `BackendFunction`. */
export interface BackendFunctionProps {
  /** The environment that the function serves: an `EnvironmentStage`. */
  readonly environment: IBackendEnvironment;
  /** What `Backend.lambda()` names, at most 64 characters. */
  readonly functionName: string;
  /** The code of the function, bundled: it is deployed as it is. */
  readonly code: Code;
  /** API group of the service: a trust token of another group is refused. */
  readonly group: string;
  /** API service that the function is: a trust token of another service is refused. */
  readonly service: string;
  /**
   * What the function is for, in the console and the inventory.
   *
   * @default - names the API service
   */
  readonly description?: string;
  /**
   * What runs the code; use a runtime that AWS still patches.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime;
  /**
   * Processor that the code is built for.
   *
   * @default Architecture.ARM_64
   */
  readonly architecture?: Architecture;
  /**
   * File and export that answer a request.
   *
   * @default 'index.handler'
   */
  readonly handler?: string;
  /**
   * Memory, 128 MiB to 10,240 MiB; processor time grows with it.
   *
   * @default Size.mebibytes(512)
   */
  readonly memorySize?: Size;
  /**
   * How long one request may take. The gateway waits 29 seconds at most.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;
  /**
   * Requests that are served at once, taken from the account's share and kept for this function; one more fails with 500.
   *
   * It must cover the requests per second that the service plan admits, times the seconds that one takes. Lambda
   * leaves at least 100 of the account's concurrent executions (1,000 unless raised) to functions without a reservation.
   *
   * @default 50
   */
  readonly reservedConcurrency?: number;
  /**
   * Environment variables beside `TRUST_DOMAIN`, `TRUST_ISSUER`, `TRUST_GROUP`, `TRUST_SERVICE`, `BODY_LIMITS`, with
   * `oneTimeTrustTokens` `REPLAY_TABLE_ARN`, and with the service's `messageSignatures` `MESSAGE_SIGNATURES` and `NONCE_TABLE_ARN`,
   * and `BODY_VALIDATORS` where it takes JSON bodies that have a schema; they cannot be replaced.
   *
   * @default - these five
   */
  readonly variables?: { [name: string]: string };
  /**
   * Whether the function accepts each trust token once, for services where a repeated request does harm.
   *
   * A table is stamped that the function may write to and not read, and `TrustTokenVerifier.fromEnvironment()` asks it for
   * each request, a few milliseconds. While the table does not answer, the service answers 503.
   *
   * @default false - a trust token is accepted until it expires, a minute after it was issued
   */
  readonly oneTimeTrustTokens?: boolean;
}

/**
 * The Lambda function of an API service, for `Backend.lambda()`.
 *
 * It runs in the private subnets of its environment, with an encrypted log that is kept for a year. What is granted to it,
 * `table.grantReadData(backend)`, goes to a managed policy of its own, which the rule packs see without exceptions.
 *
 * It opens HTTPS connections inside the VPC, and to the issuer's public keys where these are served outside. Any other
 * connection is declared: `backend.connections.allowTo(database, Port.POSTGRES)`, `allowTo(Peer.prefixList(id), Port.HTTPS)`
 * for a gateway endpoint such as DynamoDB's.
 *
 * In the function, `TrustTokenVerifier.fromEnvironment()` of `cdk-api-security/service` verifies the trust tokens of its service,
 * and `lambdaTrustToken` refuses JSON and XML bodies beyond the limits of its group or service, JSON bodies against the schema of their
 * operation, of which the gateway checks a part only, and requests that are not signed where the service asks for that; what was signed is remembered in a table that the function may write to and not read.
 *
 * @example
 * import { Stack } from 'aws-cdk-lib';
 * import { Code } from 'aws-cdk-lib/aws-lambda';
 * import { BackendFunction, IBackendEnvironment } from 'cdk-api-security';
 *
 * declare const stack: Stack;
 * declare const environment: IBackendEnvironment;
 *
 * new BackendFunction(stack, 'Rates', {
 *   environment,
 *   functionName: 'bank-rates',
 *   code: Code.fromAsset('dist/bank-rates'),
 *   group: 'reference-data',
 *   service: 'rates',
 * });
 */
export class BackendFunction extends Construct implements IGrantable, IConnectable {
  /** The function, for alarms and for whatever else refers to it. */
  public readonly function: IFunction;
  /** Who is granted what the service may do: `table.grantReadData(backend)`. */
  public readonly grantPrincipal: IPrincipal;
  /** The network connections of the function, of which none is open that is not declared. */
  public readonly connections: Connections;

  /** Refuses with `NAME` a group or a service that cannot be declared. */
  public constructor(scope: Construct, id: string, props: BackendFunctionProps) {
    super(scope, id);
    const { environment: { vpc, key }, functionName, code, runtime, architecture, handler } = props;
    const securityGroup = this.securityGroup(props);
    const validators = (runtime?.family ?? RuntimeFamily.NODEJS) === RuntimeFamily.NODEJS ? validatorLayer(this, props) : { layers: [], variables: {} };
    const confined = new ConfinedFunction(this, {
      vpc,
      key,
      securityGroup,
      functionName,
      code,
      runtime,
      architecture,
      handler,
      description: props.description ?? `API service ${props.service} of the group ${props.group}`,
      memorySize: props.memorySize?.toMebibytes(),
      timeout: props.timeout ?? Duration.seconds(10),
      environment: { ...props.variables, ...trustVariables(props), [BODY_LIMITS_VARIABLE]: JSON.stringify(declaredBodyLimits(props)), ...signatureVariables(props), ...validators.variables },
      layers: validators.layers,
      reservedConcurrency: props.reservedConcurrency ?? 50,
      grantable: true,
      failureHandling: 'The gateway invokes the function synchronously: a failed request is answered to its caller, and nothing is queued.',
    });
    if (props.oneTimeTrustTokens) new ReplayTable(this, 'UsedTrustTokens', { key }).grantUse(confined.function);
    if (declaredSignatures(props) !== undefined) this.rememberNonces(confined.function, key);
    this.function = confined.function;
    this.grantPrincipal = confined.function.grantPrincipal;
    this.connections = confined.function.connections;
  }

  private rememberNonces(user: Function, key: IKey): void {
    const table = new ReplayTable(this, 'UsedNonces', { key });
    Tags.of(table).add(NONCE_TABLE_TAG, 'signatures of messages');
    table.grantUse(user, user, NONCE_TABLE_VARIABLE);
  }

  private securityGroup(props: BackendFunctionProps): SecurityGroup {
    const { environment: { vpc, servesKeysInside }, service, oneTimeTrustTokens } = props;
    const group = new SecurityGroup(this, 'SecurityGroup', { vpc, description: `API service ${service}: ${BACKEND_CONNECTIONS}`, allowAllOutbound: false });
    const [peer, reach] = servesKeysInside
      ? [Peer.ipv4(vpc.vpcCidrBlock), 'HTTPS to the endpoints of this network']
      : [Peer.anyIpv4(), 'HTTPS to the public keys of the trust tokens, at addresses that change'];
    group.addEgressRule(peer, Port.HTTPS, reach);
    if (servesKeysInside && (oneTimeTrustTokens || declaredSignatures(props) !== undefined)) group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS to DynamoDB, at addresses that change');
    return group;
  }
}

function trustVariables({ environment, group, service }: BackendFunctionProps): { [name: string]: string } {
  return {
    [BACKEND_ENVIRONMENT.trustDomain]: environment.trustDomain,
    [BACKEND_ENVIRONMENT.issuer]: environment.trustIssuer,
    [BACKEND_ENVIRONMENT.group]: checkedName(group),
    [BACKEND_ENVIRONMENT.service]: checkedName(service),
  };
}
