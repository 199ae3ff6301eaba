import type { IncomingMessage } from 'node:http';

/** How long an integration may take where its document does not say: "50 milliseconds - 29 seconds for all integration types". */
export const INTEGRATION_TIMEOUT_MILLIS = 29_000;

/** Outcome of a Lambda invocation: a value, or the error as the runtime reports it. */
export type InvocationOutcome =
  | { readonly value: unknown }
  | { readonly error: { readonly errorType: string; readonly errorMessage: string; readonly timedOut?: boolean } };

/** Runs Lambda functions by ARN or name, a qualifier ignored. */
export interface FunctionInvoker {
  invoke(functionArn: string, event: unknown): Promise<InvocationOutcome>;
}

/** Reaches what stands in for the targets of HTTP integrations. */
export interface BackendConnector {
  /** Sends a request and gives its response. @throws Error with code `TIMEOUT` where none comes in time, or that of the connection */
  send(request: BackendRequest): Promise<IncomingMessage>;
}

/** A request to a backend: the URL as the template has it, its path kept raw. */
export interface BackendRequest {
  readonly service: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly timeoutMillis: number;
}
