import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Child } from '../child';
import { childEntry } from '../child-entry';
import type { InvocationOutcome } from '../rest-api/invocation';
import type { Invocations } from './function-runtime';
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
  /** Loopback URL of the local AWS Private CA. */
  readonly privateAuthorityUrl: string;
  /** Loopback URL of the local S3. */
  readonly objectStorageUrl: string;
  /** Where a function's log goes. */
  readonly log: (functionName: string) => ((text: string) => void) | number;
}

interface Waiting { readonly event: unknown; readonly resolve: (outcome: InvocationOutcome) => void }
interface Sent extends Waiting { readonly id: string }
interface Worker {
  readonly child: Child;
  /** In the order in which the process runs them: the first has begun, the others were sent ahead, as to wake a process for each costs more than most handlers take. */
  readonly sent: Sent[];
  /** What goes to the process in one message when this turn of the event loop ends. */
  readonly outbox: Invocations['batch'][number][];
  /** Runs out when the invocation that has begun overruns; one for all invocations of a process, begun anew for each. */
  readonly overrun: NodeJS.Timeout;
  /** When the first of `sent` began. */
  begun: number;
}

// More processes than processors take turns; fewer than two let one slow invocation hold up all others.
const CONCURRENCY = Math.min(4, Math.max(2, availableParallelism()));
/**
 * Invocations that stand in one process, at most: what it is done with in so many milliseconds, by the time the last ones took.
 * To wake another process for those would cost more. Where all processes are busy, each is sent `least` ahead, however long they take.
 */
const AHEAD = { least: 4, most: 32, milliseconds: 10 };

/** Processes of one function: one invocation at a time each, started as needed, replaced when they crash or overrun. */
export class FunctionPool {
  private readonly workers = new Set<Worker>();
  private readonly waiting: Waiting[] = [];
  private closed = false;
  /** How long an invocation takes, in milliseconds, the last ones counting most. */
  private usual = Infinity;

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
    while (this.waiting.length > 0 && !this.closed) {
      const worker = this.worker();
      if (worker === undefined) return;
      this.send(worker, this.waiting.shift()!);
    }
  }

  /** Who runs the next invocation: one that will be done at once, an idle or a new process, or the one with the least ahead; nobody where all have enough. */
  private worker(): Worker | undefined {
    const quick = Math.min(AHEAD.most, AHEAD.milliseconds / this.usual);
    let least: Worker | undefined;
    for (const worker of this.workers) {
      if (worker.sent.length > 0 && worker.sent.length < quick) return worker;
      if (least === undefined || worker.sent.length < least.sent.length) least = worker;
    }
    if (least === undefined || (least.sent.length > 0 && this.workers.size < CONCURRENCY)) return this.start();
    return least.sent.length <= AHEAD.least ? least : undefined;
  }

  private send(worker: Worker, { event, resolve }: Waiting): void {
    const id = randomUUID();
    if (worker.outbox.push({ id, event }) === 1) setImmediate(() => { this.flush(worker); });
    if (worker.sent.push({ id, event, resolve }) === 1) begin(worker);
  }

  private flush({ child, outbox }: Worker): void {
    const invocations: Invocations = { functionArn: this.lambda.arn, milliseconds: this.lambda.timeoutSeconds * 1000, batch: outbox.splice(0) };
    child.send(invocations);
  }

  /** Ends the invocation that a process has begun; the next one of it begins. */
  private settle(worker: Worker, outcome: InvocationOutcome): void {
    const done = worker.sent.shift();
    if (done !== undefined) {
      const taken = performance.now() - worker.begun;
      this.usual = this.usual === Infinity ? taken : this.usual + (taken - this.usual) / 16;
      done.resolve(outcome);
    }
    if (worker.sent.length > 0) begin(worker);
    this.dispatch();
  }

  /** Takes a process out of the pool; what it was sent and has not begun is another's. */
  private retire(worker: Worker, outcome: InvocationOutcome): void {
    clearTimeout(worker.overrun);
    this.workers.delete(worker);
    this.waiting.unshift(...worker.sent.splice(1));
    worker.outbox.length = 0;
    this.settle(worker, outcome);
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
    const overrun = setTimeout(() => {
      // It may have run out while nothing ran.
      if (worker.sent.length === 0) return;
      this.retire(worker, failure('Sandbox.Timedout', `Task timed out after ${lambda.timeoutSeconds.toFixed(2)} seconds`, true));
      void child.end();
    }, lambda.timeoutSeconds * 1000);
    const worker: Worker = { child, sent: [], outbox: [], overrun, begun: 0 };
    this.workers.add(worker);
    child.onMessage((message) => {
      const { id, ...outcome } = message as { readonly id: string } & InvocationOutcome;
      // Of a process that was retired, an answer is nobody's.
      if (id === worker.sent[0]?.id) this.settle(worker, outcome);
    });
    child.onExit((code) => {
      if (this.workers.has(worker)) this.retire(worker, failure('Runtime.ExitError', `Runtime exited with ${code === null ? 'a signal' : `status ${code}`}`));
    });
    return worker;
  }
}

function begin(worker: Worker): void {
  worker.begun = performance.now();
  worker.overrun.refresh();
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
    AWS_ENDPOINT_URL_ACM_PCA: surroundings.privateAuthorityUrl,
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
