import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Child } from '../child';
import { childEntry } from '../child-entry';
import type { InvocationOutcome } from '../rest-api/invocation';
import type { LambdaFunction } from './lambda-function';

/** What function processes share. */
export interface FunctionSurroundings {
  /** `host:port` to loopback port, for everything a function may reach. */
  readonly routes: () => { readonly [target: string]: number };
  /** PEM file of the local certificate authority. */
  readonly certificateAuthority: string;
  /** Loopback URL of the local Secrets Manager. */
  readonly secretsManagerUrl: string;
  /** Loopback URL of the local DynamoDB. */
  readonly dynamoDbUrl: string;
  /** Loopback URL of the local KMS. */
  readonly keyManagementUrl: string;
  /** Loopback URL of the local Verified Permissions. */
  readonly verifiedPermissionsUrl: string;
  /** Loopback URL of the local AWS WAF. */
  readonly webAclApiUrl: string;
  /** Loopback URL of the local S3. */
  readonly objectStorageUrl: string;
  /** Where a function's log goes. */
  readonly log: (functionName: string) => ((text: string) => void) | number;
}

interface Sent extends Waiting { readonly id: string }
interface Worker {
  readonly child: Child;
  busy?: (outcome: InvocationOutcome) => void;
  invocation?: string;
  /** Sent already, run one by one when the current one is done: to wake a process for each costs more than most handlers take. */
  readonly ahead: Sent[];
}
interface Waiting { readonly event: unknown; readonly resolve: (outcome: InvocationOutcome) => void }

// More processes than processors take turns; fewer than two let one slow invocation hold up all others.
const CONCURRENCY = Math.min(4, Math.max(2, availableParallelism()));
const AHEAD = 4;

/** Processes of one function: one invocation at a time each, started as needed, replaced when they crash or overrun. */
export class FunctionPool {
  private readonly workers = new Set<Worker>();
  private readonly waiting: Waiting[] = [];
  private closed = false;

  constructor(private readonly lambda: LambdaFunction, private readonly surroundings: FunctionSurroundings) {}

  /** Runs the handler once; never throws, a timeout and a crash are outcomes. */
  public invoke(event: unknown): Promise<InvocationOutcome> {
    return new Promise((resolve) => {
      this.waiting.push({ event, resolve });
      this.dispatch();
    });
  }

  /** Ends every process; what waits is answered with an error. */
  public async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.workers].map(({ child }) => child.end()));
    for (const { resolve } of this.waiting.splice(0)) resolve(failure('Runtime.ExitError', 'the local gateway is closing'));
  }

  private dispatch(): void {
    while (this.waiting[0] !== undefined && !this.closed && this.place(this.waiting[0])) this.waiting.shift();
  }

  /** Gives an invocation to a process, an idle or a new one if there may be one; false where all have enough. */
  private place(next: Waiting): boolean {
    const worker = [...this.workers].find(({ busy }) => busy === undefined) ?? (this.workers.size < CONCURRENCY ? this.start() : undefined);
    if (worker !== undefined) {
      this.run(worker, { ...next, id: this.send(worker, next) });
      return true;
    }
    const [least] = [...this.workers].sort((one, other) => one.ahead.length - other.ahead.length);
    if (least === undefined || least.ahead.length >= AHEAD) return false;
    least.ahead.push({ ...next, id: this.send(least, next) });
    return true;
  }

  private send(worker: Worker, { event }: Waiting): string {
    const id = randomUUID();
    worker.child.send({ id, event, functionArn: this.lambda.arn, milliseconds: this.lambda.timeoutSeconds * 1000 });
    return id;
  }

  private run(worker: Worker, { id, resolve }: Sent): void {
    const { timeoutSeconds } = this.lambda;
    const timer = setTimeout(() => {
      this.retire(worker);
      settle(failure('Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`, true));
      void worker.child.end();
    }, timeoutSeconds * 1000);
    const settle = (outcome: InvocationOutcome): void => {
      clearTimeout(timer);
      worker.busy = undefined;
      const next = worker.ahead.shift();
      if (next !== undefined) this.run(worker, next);
      resolve(outcome);
      this.dispatch();
    };
    worker.busy = settle;
    worker.invocation = id;
  }

  /** Takes a process out of the pool; what it was sent and has not begun is another's. */
  private retire(worker: Worker): void {
    this.workers.delete(worker);
    this.waiting.unshift(...worker.ahead.splice(0));
  }

  private start(): Worker {
    const { lambda, surroundings } = this;
    const child = new Child({
      entry: childEntry('function-runtime'),
      preload: childEntry('route-preload'),
      cwd: lambda.directory,
      env: runtimeEnvironment(lambda, surroundings),
      output: surroundings.log(lambda.name),
    });
    const worker: Worker = { child, ahead: [] };
    this.workers.add(worker);
    child.onMessage((message) => {
      const { id, ...outcome } = message as { readonly id: string } & InvocationOutcome;
      if (id === worker.invocation) worker.busy?.(outcome);
    });
    child.onExit((code) => {
      this.retire(worker);
      worker.busy?.(failure('Runtime.ExitError', `Runtime exited with ${code === null ? 'a signal' : `status ${code}`}`));
    });
    return worker;
  }
}

function runtimeEnvironment(lambda: LambdaFunction, surroundings: FunctionSurroundings): { readonly [name: string]: string } {
  return {
    PATH: process.env.PATH ?? '',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    _HANDLER: lambda.handler,
    LAMBDA_TASK_ROOT: lambda.directory,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: lambda.region,
    AWS_DEFAULT_REGION: lambda.region,
    AWS_LAMBDA_FUNCTION_NAME: lambda.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${lambda.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    // No credential of this machine reaches a function; of the local endpoints S3 alone checks signatures, to know whose they are.
    AWS_ACCESS_KEY_ID: lambda.name, AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: 'local', AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: surroundings.secretsManagerUrl,
    AWS_ENDPOINT_URL_DYNAMODB: surroundings.dynamoDbUrl,
    AWS_ENDPOINT_URL_WAFV2: surroundings.webAclApiUrl,
    AWS_ENDPOINT_URL_KMS: surroundings.keyManagementUrl,
    AWS_ENDPOINT_URL_S3: surroundings.objectStorageUrl,
    AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS: surroundings.verifiedPermissionsUrl,
    NODE_EXTRA_CA_CERTS: surroundings.certificateAuthority,
    LOCAL_ROUTES: JSON.stringify(surroundings.routes()),
    ...lambda.environment,
  };
}

function failure(errorType: string, errorMessage: string, timedOut = false): InvocationOutcome {
  return { error: { errorType, errorMessage, timedOut } };
}
