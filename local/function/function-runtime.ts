/**
 * The Lambda side of a function process: loads the handler of `LAMBDA_TASK_ROOT` and answers invocations over IPC.
 *
 * Handlers are asynchronous: the Node.js 24 runtime has no callbacks. An error is reported by type and message only.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** One message to a function process: what it runs one by one. */
export interface Invocations {
  readonly functionArn: string;
  readonly milliseconds: number;
  readonly batch: readonly { readonly id: string; readonly event: unknown }[];
}

type Handler = (event: unknown, context: object) => unknown;

const [moduleName = '', exportName = ''] = (process.env._HANDLER ?? '').split(/\.(?=[^.]*$)/);

async function loadHandler(): Promise<Handler> {
  const path = join(process.env.LAMBDA_TASK_ROOT ?? '.', moduleName);
  const file = ['.js', '.cjs', '.mjs'].map((extension) => path + extension).find((candidate) => existsSync(candidate)) ?? path;
  // A bundle may be CommonJS without a package.json beside it: require reads it as such.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the file is known at run time only
  const loaded = (file.endsWith('.mjs') ? await import(pathToFileURL(file).href) : require(file)) as { readonly [name: string]: unknown };
  const handler = loaded[exportName];
  if (typeof handler !== 'function') throw new Error(`${process.env._HANDLER ?? ''} is undefined or not exported`);
  return handler as Handler;
}

function described(error: unknown): object {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { errorType: name, errorMessage: message };
}

const ready = loadHandler();
ready.catch(() => undefined);

async function invoke({ id, event }: Invocations['batch'][number], { functionArn, milliseconds }: Invocations): Promise<void> {
  const deadline = Date.now() + milliseconds;
  const context = {
    awsRequestId: id,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    const value = await (await ready)(event, context);
    process.send!({ id, value: value ?? null });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
    process.send!({ id, error: described(error) });
  }
}

async function run(invocations: Invocations): Promise<void> {
  for (const invocation of invocations.batch) await invoke(invocation, invocations);
}

/** One invocation at a time, as in Lambda; more may be here already. */
let last = Promise.resolve();
process.on('message', (invocations: Invocations) => { last = last.then(() => run(invocations)); });
process.on('disconnect', () => process.exit());
